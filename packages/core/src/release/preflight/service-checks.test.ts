import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { aService } from '../test-data.fixture.ts'
import { undeployable } from './deployable.ts'
import type { PreflightCalls } from './preflight-calls.ts'
import { ecrHost } from './scripted-registry.fixture.ts'
import { checkService } from './service-checks.ts'

const calls: PreflightCalls = {
  targetGroups: async (arns) =>
    arns.map((arn) => ({
      arn,
      name: 'web',
      targetType: 'instance',
      healthCheckPort: '80',
      healthCheckPath: '/',
      matcher: '200',
      healthCheckTimeout: 5,
    })),
  logGroupExists: async () => false,
}
const sick: JsonObject = {
  networkMode: 'awsvpc',
  containerDefinitions: [
    {
      name: 'app',
      image: `${ecrHost}/web:v1`,
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/web' } },
    },
  ],
}
const service = aService({ schedulingStrategy: 'DAEMON', minimumHealthyPercent: 100, maximumPercent: 100 })

test('all that is wrong is told at once', async () => {
  const { findings } = await checkService({ service, definition: sick, rolls: true, desiredCount: 2 }, calls)
  expect(findings.map(({ code }) => code)).toEqual([
    'daemon-count',
    'port-mapping',
    'execution-role-missing',
    'cannot-roll',
    'target-type',
    'health-check-port',
    'log-group-missing',
  ])
})

test('without a deployment its limits do not matter, and without a task definition only the count does', async () => {
  const found = async (definition: JsonObject | undefined) =>
    (await checkService({ service, definition, rolls: false, desiredCount: 2 }, calls)).findings.map(
      ({ code }) => code,
    )
  expect(await found(sick)).not.toContain('cannot-roll')
  expect(await found(undefined)).toEqual(['daemon-count'])
})

test('a DAEMON service may be left as it is', async () => {
  const asked = { service, definition: undefined, rolls: false, desiredCount: undefined }
  expect((await checkService(asked, calls)).findings).toEqual([])
})

test('the count that is asked for decides whether it can roll', async () => {
  const replica = aService({ minimumHealthyPercent: 75, maximumPercent: 125 })
  const codes = async (desiredCount: number | undefined) => {
    const definition = { containerDefinitions: [] }
    const { findings } = await checkService(
      { service: replica, definition, rolls: true, desiredCount },
      calls,
    )
    return findings.map(({ code }) => code).filter((code) => code === 'cannot-roll')
  }
  expect(await codes(undefined)).toEqual(['cannot-roll'])
  expect(await codes(4)).toEqual([])
})

test.each([
  [{}, undefined],
  [{ status: 'DRAINING' }, 'the service web in the cluster prod is DRAINING'],
  [{ status: 'INACTIVE' }, 'the service web in the cluster prod is INACTIVE'],
  [
    { deploymentController: 'CODE_DEPLOY' },
    'the service web in the cluster prod is deployed by the controller CODE_DEPLOY',
  ],
  [
    { deploymentController: 'EXTERNAL' },
    'the service web in the cluster prod is deployed by the controller EXTERNAL',
  ],
])('%j cannot be deployed to: %s', (change, cause) => {
  const finding = undeployable(aService(change), 'https://example.com/guide')
  expect(finding?.cause).toBe(cause)
  if (finding?.code === 'controller') expect(finding.remedy).toContain('https://example.com/guide')
})
