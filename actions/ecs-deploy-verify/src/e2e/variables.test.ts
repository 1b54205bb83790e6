import { readFileSync } from 'node:fs'
import type { ActionRun, JsonObject } from '@ecs-release/testbed'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from './world.fixture.ts'

const secret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/db-AbCdEf'
/** A value that no output may show. */
const hidden = 'hunter2==/+and more'

/** Everything that a run shows to people and to later steps. */
function shown({ annotations, log, outputs, stderr, stdout, summary }: ActionRun): string {
  const evidence = outputs.evidence === undefined ? '' : readFileSync(outputs.evidence, 'utf8')
  return JSON.stringify({ annotations, log, outputs, stderr, stdout, summary, evidence })
}

/** The container definition that the step would register, from the file that it leaves. */
function container({ outputs }: ActionRun): JsonObject {
  return JSON.parse(readFileSync(outputs['task-definition-file'] ?? '', 'utf8')).containerDefinitions[0]
}

describe.concurrent('environment variables and secrets', () => {
  test('reach the tasks, and no value of them is shown anywhere', async () => {
    await using aws = await world()
    const lines = [`app:TOKEN=${hidden}`, 'LEVEL=debug', '-DATABASE_PASSWORD'].join('\n')
    await using run = await aws.deploy({ 'environment-variables': lines }, { debug: true })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    const { input } = aws.testbed.calls.of('ecs', 'RegisterTaskDefinition').at(-1) ?? {}
    const environment = [
      { name: 'TOKEN', value: hidden },
      { name: 'LEVEL', value: 'debug' },
    ]
    expect(input).toMatchObject({ containerDefinitions: [{ environment }] })
    expect(aws.testbed.calls.of('ecs', 'UpdateService').at(-1)?.input).toEqual({
      cluster: 'orders',
      service: 'orders',
      taskDefinition: run.outputs['task-definition-arn'],
    })
    for (const line of ['TOKEN new', 'LEVEL new', 'DATABASE_PASSWORD removed']) {
      expect(run.log).toContain(`Container app: environment variable ${line}`)
    }
    expect(shown(run)).not.toContain('hunter2')
    expect(run.annotations).toEqual([])
  })

  test('that the task definition has already register nothing and deploy nothing', async () => {
    await using aws = await world()
    await using first = await aws.deploy({ 'environment-variables': `TOKEN=${hidden}` })
    expect(first.outputs.outcome).toBe('succeeded')
    const registered = () => aws.testbed.calls.of('ecs', 'RegisterTaskDefinition').length
    const before = registered()
    await using again = await aws.deploy({ 'environment-variables': `TOKEN=${hidden}` })
    expect(again.outputs).toMatchObject({ outcome: 'no-change', 'deployment-arn': '' })
    expect(again.log).toContain('environment variable TOKEN unchanged')
    expect(registered()).toBe(before)
  })
})

describe('a dry run', () => {
  let aws: World
  beforeAll(async () => {
    aws = await world()
  })
  afterAll(() => aws[Symbol.asyncDispose]())

  const plan = (inputs: Record<string, string>) => aws.deploy({ ...inputs, 'dry-run': 'true' })

  test('shows the names of what would change, and no value', async () => {
    const variables = `TOKEN=${hidden}\nDATABASE_PASSWORD=${hidden}2`
    await using run = await plan({ 'environment-variables': variables, secrets: `DB=${secret}` })
    expect(run.outputs.outcome).toBe('planned')
    const environment = 'containerDefinitions[app].environment'
    for (const line of [
      `+ ${environment}[TOKEN].value`,
      `~ ${environment}[DATABASE_PASSWORD].value`,
      '+ containerDefinitions[app].secrets[DB].valueFrom',
    ]) {
      expect(run.log.split('\n').map((each) => each.trim())).toContain(line)
      expect(run.summary).toContain(`${line}\n`)
    }
    expect(shown(run)).not.toMatch(/hunter2|secretsmanager/)
  })

  test('a variable becomes a secret in one step, as ECS takes no name twice', async () => {
    await using run = await plan({ secrets: `app:DATABASE_PASSWORD=${secret}` })
    expect(run.log).toContain(
      'Container app: secret DATABASE_PASSWORD new, in place of the environment variable of that name',
    )
    expect(container(run)).toMatchObject({
      environment: [],
      secrets: [{ name: 'DATABASE_PASSWORD', valueFrom: secret }],
    })
  })

  test('what is not there to be removed gets one notice, and nothing else happens', async () => {
    await using run = await plan({ 'environment-variables': '-GONE', secrets: 'app:-LOST' })
    expect(run.outputs).toMatchObject({
      outcome: 'planned',
      message: 'orders would stay as it is',
    })
    expect(run.annotations.map(({ level, message }) => [level, message])).toEqual([
      [
        'notice',
        'Not removed, as the task definition does not have it: environment variable GONE of container app, secret LOST of container app',
      ],
    ])
  })

  test.each<[string, Record<string, string>, RegExp]>([
    [
      'an unknown container',
      { 'environment-variables': `web:A=${hidden}` },
      /^environment-variables: there is no container "web" in the task definition\nIts containers are: app\.$/,
    ],
    [
      'the same name twice',
      { 'environment-variables': `A=${hidden}\napp:A=1` },
      /^environment-variables: A of container "app" is given twice$/,
    ],
    ['a name that is removed twice', { secrets: '-A\n-A' }, /^secrets: A of container "app" is given twice$/],
    [
      'a name in both inputs',
      { 'environment-variables': `A=${hidden}`, secrets: `A=${secret}` },
      /^secrets: A of container "app" is given in environment-variables too\n.*one of the two inputs/,
    ],
  ])('%s is refused before anything is written', async (_, inputs, message) => {
    await using run = await aws.deployUnchecked(inputs)
    expect([run.exitCode, run.outputs.outcome]).toEqual([1, 'failed'])
    expect(run.annotations.map((each) => each.message)).toEqual([expect.stringMatching(message)])
    expect(shown(run)).not.toContain('hunter2')
    expect(aws.testbed.calls.of('ecs', 'RegisterTaskDefinition')).toHaveLength(1)
  })

  test.each<[string, Record<string, string>, string]>([
    [
      'a variable without a sign',
      { 'environment-variables': 'A=1\nhunter2' },
      'environment-variables: line 2: expected container:NAME=value to set a variable or container:-NAME to remove one',
    ],
    [
      'blanks around the sign',
      { 'environment-variables': 'A = hunter2' },
      'environment-variables: line 1: expected container:NAME=value to set a variable or container:-NAME to remove one',
    ],
    [
      'a key in several lines',
      { 'environment-variables': 'KEY=-----BEGIN KEY-----\nhunter2AAAA+/==\n-----END KEY-----' },
      '2 problems with the inputs:\nenvironment-variables: line 2: expected ',
    ],
    [
      'a secret in clear',
      { secrets: 'DB=hunter2' },
      'secrets: line 1: expected container:NAME=ARN to set a secret or container:-NAME to remove one',
    ],
    [
      'an ARN of something else',
      { secrets: 'DB=arn:aws:iam::111122223333:role/hunter2' },
      'secrets: line 1: expected container:NAME=ARN',
    ],
    [
      'another word for concurrency',
      { concurrency: 'queue' },
      'concurrency: expected wait, fail or supersede, got "queue"',
    ],
  ])('%s is refused without showing the line', async (_, inputs, message) => {
    await using run = await aws.deployUnchecked(inputs)
    expect(run.exitCode).toBe(1)
    expect(run.annotations[0]?.message.startsWith(message)).toBe(true)
    expect(shown(run)).not.toContain('hunter2')
  })
})
