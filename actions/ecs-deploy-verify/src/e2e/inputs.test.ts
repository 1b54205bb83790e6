import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actionPath, placeFile, type World, world } from './world.fixture.ts'

/** The bundle as a person would start it, with nothing but these inputs. */
function start(inputs: Readonly<Record<string, string>>): {
  status: number | null
  text: string
  took: number
} {
  const env = { PATH: process.env.PATH, ...inputs }
  const began = performance.now()
  const { status, stdout } = spawnSync(process.execPath, [join(actionPath, 'dist/index.js')], {
    env,
    encoding: 'utf8',
  })
  return { status, text: stdout.replaceAll('%0A', '\n'), took: performance.now() - began }
}

test('without inputs every missing one is named, in less than a second', () => {
  const { status, text } = start({})
  expect(status).toBe(1)
  expect(text).toBe('::error::service: is required: the name or ARN of the ECS service\n')
  // The quickest of three, as other processes of the machine may hold one up.
  const took = [1, 2, 3].map(() => start({}).took)
  expect(Math.min(...took)).toBeLessThan(1000)
})

test('three wrong values are named at once, each with the form that is expected', () => {
  const { status, text } = start({
    INPUT_SERVICE: 'orders',
    INPUT_TIMEOUT: 'ten minutes',
    'INPUT_DRY-RUN': 'yes',
    'INPUT_WAIT-UNTIL': 'steady',
  })
  expect(status).toBe(1)
  expect(text.split('\n')).toEqual([
    '::error::3 problems with the inputs:',
    'wait-until: expected completed or started, got "steady"',
    'timeout: expected a duration such as 10m, of 1s or more, got "ten minutes"',
    'dry-run: expected true or false, got "yes"',
    '',
  ])
})

describe('values that only AWS, or the file, shows to be wrong', () => {
  let aws: World
  const digest = `sha256:${'a'.repeat(64)}`
  const cut = '{\n  "family": "orders",\n  "containerDefinitions": [}\n}\n'

  beforeAll(async () => {
    aws = await world()
    const { cluster, family } = aws.stack
    await aws.testbed.clients.ecs.createService({
      cluster,
      serviceName: 'gone',
      taskDefinition: family,
      desiredCount: 0,
      launchType: 'FARGATE',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } },
    })
    await aws.testbed.clients.ecs.deleteService({ cluster, service: 'gone', force: true })
  })
  afterAll(() => aws[Symbol.asyncDispose]())

  test.each<[string, Record<string, string>, RegExp]>([
    ['a missing cluster', { cluster: 'nowhere' }, /nowhere/],
    ['a missing service', { service: 'nobody' }, /There is no service nobody in the cluster orders/],
    [
      'a deleted service',
      { service: 'gone', images: 'repo:v1' },
      /the service gone in the cluster orders is INACTIVE/,
    ],
    [
      'an unknown container',
      { images: 'web=repo:v1' },
      /there is no container "web".*\n.*containers are: app/,
    ],
    ['one container twice', { images: 'app=repo:v1\nrepo:v2' }, /container "app" is given two images/],
    [
      'a line with two digests',
      { images: `app=repo@${digest}@${digest}` },
      /images: line 1: expected container=image/,
    ],
    [
      'a line that is a sentence',
      { images: 'app=repo:v1 please' },
      /images: line 1: expected container=image/,
    ],
    ['a line without an image', { images: 'app=' }, /images: line 1: expected container=image/],
    [
      'neither a file nor a family',
      { 'task-definition': 'nothing' },
      /"nothing" is neither a file nor a registered/,
    ],
    [
      'a missing file',
      { 'task-definition': './deploy/task.json' },
      /"\.\/deploy\/task\.json" is neither a file nor/,
    ],
    ['an unknown revision', { 'task-definition': 'orders:77' }, /"orders:77" is neither a file nor/],
    [
      'broken JSON',
      { 'task-definition': 'task.json' },
      /task\.json: cannot be read as JSON: .*line 3, column 28/,
    ],
    [
      'broken YAML',
      { 'task-definition': 'task.yml' },
      /task\.yml: cannot be read as YAML: .*line 4, column 1/,
    ],
    [
      'a negative count',
      { 'desired-count': '-1' },
      /desired-count: expected a whole number of 0 or more, got "-1"/,
    ],
    [
      'a time-out without a unit',
      { timeout: '600' },
      /timeout: expected a duration such as 10m, of 1s or more, got "600"/,
    ],
    ['a time-out of nothing', { timeout: '0s' }, /timeout: expected a duration/],
    [
      'a region that is none',
      { 'aws-region': 'Frankfurt am Main' },
      /aws-region: expected .*got "Frankfurt am Main"/,
    ],
  ])('%s', async (_, inputs, message) => {
    const name = inputs['task-definition'] === 'task.yml' ? 'task.yml' : 'task.json'
    await using workspace = await placeFile(
      name,
      name === 'task.yml' ? 'family: orders\ntags:\n  - [\n' : cut,
    )
    const writes = () =>
      aws.testbed.calls.all().filter(({ operation }) => /^(Register|Update)/.test(operation))
    const before = writes().length
    await using run = await aws.deployUnchecked(inputs, workspace)
    expect(run.exitCode).toBe(1)
    expect(run.annotations).toHaveLength(1)
    expect(run.annotations[0]?.message).toMatch(message)
    expect(writes()).toHaveLength(before)
  })

  test.each<[string, Record<string, string>, Record<string, string>, string]>([
    ['a missing cluster', { cluster: 'nowhere' }, {}, 'Check the input cluster'],
    ['a missing service', { service: 'nobody' }, {}, 'Check the inputs service, cluster and aws-region'],
    [
      'no credentials',
      {},
      { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_EC2_METADATA_DISABLED: 'true' },
      'Run aws-actions/configure-aws-credentials before this step',
    ],
    [
      'no answer from AWS',
      {},
      { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_MAX_ATTEMPTS: '1' },
      'HTTPS proxy settings, and that the runner can reach AWS.',
    ],
  ])('the page says what to do about %s', async (_, inputs, env, remedy) => {
    await using run = await aws.deployUnchecked(inputs, { env })
    expect(run.outputs.outcome).toBe('failed')
    expect(run.summary).toContain(remedy)
  })

  test('the mistakes of several inputs are told at once, and a notification has the first', async () => {
    const given = { images: 'web=repo:v1', 'environment-variables': 'web:A=hush\napp:B=hush\napp:B=hush' }
    await using run = await aws.deployUnchecked(given)
    const problems = [
      'images: there is no container "web" in the task definition',
      'environment-variables: there is no container "web" in the task definition',
      'environment-variables: B of container "app" is given twice',
    ]
    const [first] = problems
    expect(run.annotations[0]?.message.split('\n').slice(0, 4)).toEqual([
      '3 problems with the inputs:',
      ...problems,
    ])
    expect(run.outputs.message).toBe(`3 problems with the inputs, the first of them: ${first}`)
    for (const problem of problems) expect(run.summary).toContain(problem)
    expect(run.summary + run.log).not.toContain('hush')
  })
})
