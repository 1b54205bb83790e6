import { describe, expect, test } from 'vitest'
import { runScript } from './step-script.fixture.ts'
import { inputsOf, jobsOf, scriptOf } from './workflow-files.fixture.ts'

/** Begins a deployment to staging as deploy.yml does, of which everything but the image is known. */
const begin = (IMAGES: string, REQUIRE_IMAGE: 'true' | 'false') =>
  runScript(scriptOf('deploy', 'deploy', 'who'), {
    ENVIRONMENT: 'staging',
    ROLE: 'arn:aws:iam::111122223333:role/orders-staging-deploy',
    REGION: 'eu-west-1',
    CLUSTER: 'orders-staging',
    SERVICE: 'orders',
    IMAGES,
    REQUIRE_IMAGE,
  })
const image = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/orders@sha256:${'0a1b'.repeat(16)}`

/** GitHub drops an output that holds a masked text, which act does not: the input is then what is left of the expression. */
describe('a deployment whose image GitHub has dropped', () => {
  test.each([
    ['alone', '', 'true', 'the input images is empty'],
    ['in a block', ' \n\n', 'true', 'the input images is empty'],
    ['of a container', 'app=', 'true', 'images: nothing comes after app='],
    ['of a container, where none is required', 'app=', 'false', 'images: nothing comes after app='],
    ['beside another', `proxy=${image}\n  app = \r\n`, 'false', 'images: nothing comes after app='],
  ] as const)('is refused before it has credentials: %s', (_, images, required, what) => {
    const { exitCode, log, output } = begin(images, required)
    expect(exitCode).toBe(1)
    expect(log).toContain(`::error::There is no image for staging: ${what}. GitHub drops the output of a job`)
    expect(log).toMatch(/in which a masked text occurs, .* "Skip output" in the job that built the image/)
    expect(log.trimEnd().split('\n')).toHaveLength(1)
    expect(output).toBe('')
  })

  test.each([
    ['an image', image, 'true'],
    ['an image of a container', `app=${image}`, 'true'],
    ['several', `app=${image}\nproxy=${image}\n`, 'true'],
    ['a task definition that has its images, as nothing requires one', '', 'false'],
  ] as const)('is not one with %s', (_, images, required) => {
    expect(begin(images, required)).toMatchObject({ exitCode: 0, log: '' })
  })

  test('is looked for before anything else is done', () => {
    const [first] = jobsOf('deploy').deploy?.steps ?? []
    expect(first).toMatchObject({
      id: 'who',
      env: { IMAGES: `\${{ inputs.images }}`, REQUIRE_IMAGE: `\${{ inputs.require-image }}` },
    })
    expect(first?.if).toBeUndefined()
  })

  test('ends every deployment of a release, whatever else is given', () => {
    const { deploy, production } = jobsOf('release')
    for (const job of [deploy, production]) expect(job?.with?.['require-image']).toBe(true)
    expect(inputsOf('release')).not.toHaveProperty('require-image')
  })
})
