import { buildIndex } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { appImage } from './app.fixture.ts'
import { placeFile, type World, world } from './world.fixture.ts'

const noDigest = `sha256:${'d'.repeat(64)}`

/** What was written to AWS from a call on. */
function writtenSince({ testbed }: World, before: number): string[] {
  const made = testbed.calls.all().slice(before)
  return made.map(({ operation }) => operation).filter((name) => !/^(Describe|List|Get|BatchGet)/.test(name))
}

/** An image for arm64 only: by itself, or in an index of others. */
async function push({ testbed }: World, architectures: 'arm64' | 'index'): Promise<string> {
  const arm = await appImage('arm', { architecture: 'arm64' })
  const image = architectures === 'index' ? buildIndex({ 'linux/arm64': arm, 'linux/s390x': arm }) : arm
  return testbed.images.push('orders', architectures, image).reference
}

const refused: [string, (aws: World) => string | Promise<string>, string, RegExp][] = [
  ['tag', ({ v1 }) => v1.reference.replace(/v1$/, 'v9'), 'image-missing', /orders has no tag v9$/],
  ['digest', ({ v1 }) => v1.uri.replace(v1.digest, noDigest), 'image-missing', /has no image sha256:dddd/],
  [
    'repository',
    ({ v1 }) => v1.reference.replace('/orders', '/order'),
    'image-missing',
    /there is no repository order in the registry 111122223333 \(us-east-1\)$/,
  ],
  [
    'tag in a registry of another name',
    ({ testbed }) => `${testbed.ecr.host}/orders:v9`,
    'image-missing',
    /orders has no tag v9$/,
  ],
  [
    'architecture',
    (aws) => push(aws, 'arm64'),
    'wrong-architecture',
    /for linux\/arm64, and the task runs on linux\/amd64$/,
  ],
  [
    'architecture in an index',
    (aws) => push(aws, 'index'),
    'wrong-architecture',
    /for linux\/arm64 and linux\/s390x, and the task runs on linux\/amd64$/,
  ],
]

describe.concurrent('refused before anything is written', () => {
  test.each(refused)('missing or wrong: %s', async (_, imageOf, code, cause) => {
    await using aws = await world()
    const images = await imageOf(aws)
    const before = aws.testbed.calls.all().length
    await using run = await aws.deploy({ images })
    expect(run.outputs).toMatchObject({ outcome: 'refused', verified: 'false', 'deployment-id': '' })
    expect(run.outputs.message).toMatch(/^A new revision of orders was not deployed to orders: the image /)
    expect(run.outputs.message).toMatch(cause)
    expect(run.evidence?.findings).toMatchObject([{ code, cause: expect.stringMatching(cause) }])
    expect(run.summary).toContain('To do: ')
    expect(writtenSince(aws, before)).toEqual([])
    await using dry = await aws.deploy({ images, 'dry-run': 'true' })
    expect(dry.outputs).toMatchObject({ outcome: 'refused', findings: run.outputs.findings })
    expect(dry.summary).toContain('What would change')
    expect(writtenSince(aws, before)).toEqual([])
  })
})

describe.concurrent('not refused', () => {
  test('an index with the architecture of the task, at a registry of another name', async () => {
    await using aws = await world()
    const [amd, arm] = await Promise.all([appImage('v2'), appImage('v2', { architecture: 'arm64' })])
    const { testbed } = aws
    const v2 = testbed.images.push('orders', 'v2', buildIndex({ 'linux/arm64': arm, 'linux/amd64': amd }))
    await using run = await aws.deploy({ images: `${testbed.ecr.host}/orders:v2` })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(JSON.parse(run.outputs.digests ?? '')).toEqual({ app: v2.digest })
    expect(run.evidence?.containers).toMatchObject([{ source: 'registry', reported: [v2.digest] }])
  })

  test('the architecture that the task definition names', async () => {
    await using aws = await world()
    const executionRoleArn = 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole'
    const task = { family: 'orders', executionRoleArn, runtimePlatform: { cpuArchitecture: 'ARM64' } }
    const containerDefinitions = [{ name: 'app', image: await push(aws, 'arm64') }]
    await using workspace = await placeFile('task.json', JSON.stringify({ ...task, containerDefinitions }))
    await using run = await aws.deploy({ 'task-definition': 'task.json', 'dry-run': 'true' }, workspace)
    expect(run.outputs.outcome).toBe('planned')
    await using other = await aws.deploy(
      { 'task-definition': 'task.json', images: aws.v1.uri, 'dry-run': 'true' },
      workspace,
    )
    expect(other.outputs.message).toMatch(/is for linux\/amd64, and the task runs on linux\/arm64$/)
  })

  test.each([
    [
      'another registry',
      'nginx:1',
      'Not checked: nginx:1 of container app: docker.io is no private registry',
    ],
    ['a host that nobody knows', 'ghcr.io/team/orders:v9', 'Not checked: ghcr.io/team/orders:v9'],
  ])('an image in %s, which is told in the log alone', async (_, images, line) => {
    await using aws = await world()
    await using run = await aws.deploy({ images, 'dry-run': 'true' })
    expect(run.outputs.outcome).toBe('planned')
    expect(run.log).toContain(line)
    expect(run.annotations).toEqual([])
  })

  test('an image that the registry brings on its first pull', async () => {
    await using aws = await world()
    const rules = { pullThroughCacheRules: [{ ecrRepositoryPrefix: 'hub' }] }
    const operation = 'DescribePullThroughCacheRules'
    aws.testbed.faults.inject({ operation, fault: { kind: 'answer', change: () => rules } })
    const images = aws.v1.reference.replace('/orders', '/hub/library/nginx')
    await using run = await aws.deploy({ images, 'dry-run': 'true' })
    expect(run.outputs.outcome).toBe('planned')
    expect(run.log).toContain('a pull-through cache rule may bring it')
  })

  test.each([
    ['ecr:BatchGetImage', 'image', 'unverified', []],
    ['ecr:GetDownloadUrlForLayer', 'CPU architecture', 'succeeded', [{ source: 'registry' }]],
  ])('without %s, which a notice names', async (action, what, outcome, containers) => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    aws.testbed.credentials.deny(action)
    await using run = await aws.deploy({ images: v2.reference })
    expect(run.outputs.outcome).toBe(outcome)
    expect(run.evidence?.containers).toMatchObject(containers)
    const [notice, ...others] = run.annotations.filter(({ level }) => level !== 'error')
    expect([notice?.level, others]).toEqual(['notice', []])
    expect(notice?.message).toContain(`Not checked before the deployment: the ${what} of container app.`)
    expect(notice?.message).toContain(`"Action":"${action}"`)
  })

  test('without ecr:DescribePullThroughCacheRules a missing image is refused, and the remedy names it', async () => {
    await using aws = await world()
    aws.testbed.credentials.deny('ecr:DescribePullThroughCacheRules')
    await using run = await aws.deploy({ images: aws.v1.reference.replace(/v1$/, 'v9') })
    expect(run.outputs.outcome).toBe('refused')
    expect(run.summary).toContain('allow ecr:DescribePullThroughCacheRules')
  })
})
