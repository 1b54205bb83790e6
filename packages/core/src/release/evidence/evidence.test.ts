import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { expect, test } from 'vitest'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { goodDigest } from '../test-data.fixture.ts'
import { type Evidence, githubRun, taskEvidence } from './evidence.ts'
import { newLogbook } from './logbook.ts'

const schema = JSON.parse(readFileSync(new URL('evidence.schema.json', import.meta.url), 'utf8'))
const valid = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema)

function evidence(change: Partial<Evidence> = {}): Evidence {
  const logbook = newLogbook(steppingClock(0))
  logbook.note('started')
  logbook.called('ecs:UpdateService')
  return {
    schema: 'ecs-release-actions/evidence/1',
    action: 'ecs-deploy-verify',
    outcome: 'succeeded',
    message: 'web runs web:2',
    verified: true,
    rolledBack: false,
    rollback: null,
    startedAt: new Date(0).toISOString(),
    endedAt: new Date(1).toISOString(),
    durationSeconds: 0,
    caller: null,
    github: githubRun({ GITHUB_SHA: 'abc', GITHUB_ACTOR: 'octocat', SECRET: 'hunter2' }),
    service: { arn: 'arn', name: 'web', cluster: 'prod' },
    from: { deploymentId: null, serviceRevisionArns: [], taskDefinitionArn: 'web:1' },
    to: {
      deploymentId: 'ecs-svc/2',
      deploymentArn: null,
      serviceRevisionArn: null,
      taskDefinitionArn: 'web:2',
    },
    probes: [{ url: 'https://orders.example/health', tries: 3, passed: true }],
    containers: [
      { container: 'app', image: 'repo', digest: goodDigest, source: 'images', reported: [goodDigest] },
    ],
    tasks: taskEvidence([{ task: '1', digests: { app: goodDigest, agent: undefined } }]),
    timeline: logbook.timeline(),
    findings: [{ code: 'superseded', cause: 'c', remedy: 'r', evidence: ['e'] }],
    calls: logbook.calls(),
    ...change,
  }
}

test('evidence follows its schema', () => {
  valid(JSON.parse(JSON.stringify(evidence())))
  expect(valid.errors).toBeNull()
})

test.each<[string, object]>([
  ['a member that nobody described', { ...evidence(), extra: 1 }],
  ['a member within', { ...evidence(), service: { arn: 'a', name: 'b', cluster: 'c', password: 'd' } }],
  ['an outcome that does not exist', { ...evidence(), outcome: 'fine' }],
  [
    'a digest that is none',
    {
      ...evidence(),
      containers: [{ container: 'a', image: 'b', digest: 'latest', source: 'images', reported: [] }],
    },
  ],
  ['a missing member', { ...evidence(), calls: undefined }],
])('the schema refuses %s', (_, document) => {
  expect(valid(JSON.parse(JSON.stringify(document)))).toBe(false)
})

test('what is unknown is null, and only what is asked for is taken from the environment', () => {
  expect(githubRun({ GITHUB_SHA: 'abc', SECRET: 'hunter2' })).toEqual({
    repository: null,
    commit: 'abc',
    ref: null,
    workflow: null,
    runId: null,
    runAttempt: null,
    actor: null,
  })
  expect(taskEvidence([{ task: '1', digests: { app: undefined } }])).toEqual([
    { task: '1', digests: { app: null } },
  ])
})

test('the logbook keeps moments in order and counts calls', () => {
  const clock = steppingClock(0)
  const logbook = newLogbook(clock)
  logbook.note('one')
  clock.pass(1500)
  logbook.note('two')
  for (const action of ['sts:GetCallerIdentity', 'ecs:ListTasks', 'ecs:ListTasks']) logbook.called(action)
  expect(logbook.timeline()).toEqual([
    { at: '1970-01-01T00:00:00.000Z', text: 'one' },
    { at: '1970-01-01T00:00:01.500Z', text: 'two' },
  ])
  expect(logbook.calls()).toEqual([
    { name: 'ecs:ListTasks', count: 2 },
    { name: 'sts:GetCallerIdentity', count: 1 },
  ])
})
