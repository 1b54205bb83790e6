import { describe, expect, test } from 'vitest'
import { runScript } from './step-script.fixture.ts'
import { inputsOf, jobsOf, scriptOf } from './workflow-files.fixture.ts'

/** What a release does not hand on, and why. */
const leftOut: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  build: {
    push: 'a release deploys what it has pushed',
  },
  deploy: {
    'dry-run': 'a release that changed nothing would prove nothing; deploy.yml alone shows what would change',
  },
}
/** What is called otherwise in a release, as it would not say of which job it is. */
const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  build: {
    'timeout-minutes': 'build-timeout-minutes',
    'role-duration-seconds': 'build-role-duration-seconds',
  },
  deploy: {
    'timeout-minutes': 'deploy-timeout-minutes',
    'role-duration-seconds': 'deploy-role-duration-seconds',
  },
}
/** What a release decides by itself. */
const fixed: Readonly<Record<string, boolean>> = { 'require-image': true }
const uri = 'needs.build.outputs.uri'
const images = `\${{ inputs.container && format('{0}={1}', inputs.container, ${uri}) || ${uri} }}`

/** The members of an environment in a release, by the script that reads them. */
const members = /\[([^\]]+)\] as \$known/.exec(scriptOf('release', 'plan', 'plan'))?.[1] ?? ''
const ofEnvironment = members.split(',').map((name) => name.trim().replaceAll('"', ''))

const jobs = [
  ['build', 'build', undefined],
  ['deploy', 'deploy', 'matrix.environment'],
  ['deploy', 'production', 'fromJSON(needs.plan.outputs.production)'],
] as const

describe.each(jobs)('what %s.yml takes, the job %s of a release', (workflow, job, environment) => {
  const release = inputsOf('release')
  const given = jobsOf('release')[job]?.with ?? {}

  /** Where the value comes from: the environment, what holds for all of them, or both. */
  function expected(input: string): string | boolean {
    if (input === 'images') return images
    if (fixed[input] !== undefined) return fixed[input]
    if (input === 'environment') return `\${{ ${environment}.name }}`
    const name = renamed[workflow]?.[input] ?? input
    const own = environment !== undefined && ofEnvironment.includes(input) ? [`${environment}.${input}`] : []
    // What a build has from the input of this name is its own: the Region and the role of the registry.
    const shared = own.length > 0 && name in inputsOf('build') ? [] : [name].filter((each) => each in release)
    return `\${{ ${[...own, ...shared.map((each) => `inputs.${each}`)].join(' || ')} }}`
  }

  test.each(Object.keys(inputsOf(workflow)))('hands it on, or has a reason not to: %s', (input) => {
    const why = leftOut[workflow]?.[input]
    expect(given[input]).toBe(why === undefined ? expected(input) : undefined)
    const name = renamed[workflow]?.[input] ?? input
    if (why === undefined && name in release && environment === undefined)
      expect(release[name]).toMatchObject(inputWithout(workflow, input))
  })

  test('gets nothing that it does not take', () => {
    expect(Object.keys(inputsOf(workflow))).toEqual(expect.arrayContaining(Object.keys(given)))
    expect(Object.keys(inputsOf(workflow))).toEqual(
      expect.arrayContaining(Object.keys({ ...leftOut[workflow], ...renamed[workflow] })),
    )
  })
})

/** Type and default, without the description. */
function inputWithout(workflow: string, input: string): object {
  const { default: value, type } = inputsOf(workflow)[input] ?? {}
  return { type, ...(value === undefined ? {} : { default: value }) }
}

describe('the plan of a release', () => {
  const plan = (environments: unknown, production: unknown = 'production') =>
    runScript(scriptOf('release', 'plan', 'plan'), {
      ENVIRONMENTS: JSON.stringify(environments),
      PRODUCTION: JSON.stringify(production),
    })
  const environmentsOf = (output: string): unknown =>
    JSON.parse(/^environments=(.*)$/m.exec(output)?.[1] ?? 'null')

  test('has every member of every environment', () => {
    const { exitCode, log, output } = plan(['dev', { name: 'staging', cluster: 'orders-staging' }])
    expect(exitCode, log).toBe(0)
    const empty = Object.fromEntries(ofEnvironment.map((name) => [name, '']))
    expect(environmentsOf(output)).toEqual([
      { ...empty, name: 'dev' },
      { ...empty, name: 'staging', cluster: 'orders-staging' },
    ])
  })

  test.each([
    ['as text', '2'],
    ['as a number', 2],
  ])('takes a desired count %s', (_, count) => {
    const { output } = plan([{ name: 'dev', 'desired-count': count }])
    expect(environmentsOf(output)).toMatchObject([{ name: 'dev', 'desired-count': '2' }])
  })

  test.each([
    ['a desired count that is a list', { 'desired-count': [2] }],
    ['another member that is a number', { service: 2 }],
  ])('refuses %s', (_, members) => {
    const { exitCode, log } = plan([{ name: 'dev', ...members }])
    expect(exitCode).toBe(1)
    expect(log).toMatch(/^::error::environments: expected a JSON list/)
  })
})
