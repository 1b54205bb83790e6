import { expect, test } from 'vitest'
import { ActionError } from '../../action/action-error.ts'
import type { Service, ServiceDeploymentBrief } from '../../aws/ecs-model.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import {
  aDeployment,
  aService,
  created,
  denied,
  older,
  revisionArn,
  throttled,
} from '../test-data.fixture.ts'
import { deploymentInProgress, deploymentInProgressFinding, type InProgress, who } from './in-progress.ts'

const brief = (number: number, status: string): ServiceDeploymentBrief => ({
  arn: `deployment-of-${number}`,
  status,
  targetServiceRevisionArn: revisionArn(number),
  createdAt: created,
})
const completed = aService({ deployments: [aDeployment({ rolloutState: 'COMPLETED' })] })
const rolling = aService()

async function finding(
  service: Service,
  unfinished: ServiceDeploymentBrief[] | Error,
  since: ServiceDeploymentBrief[] = [],
) {
  const troubles: unknown[] = []
  const clock = steppingClock(0)
  const found = await deploymentInProgress(service, {
    calls: {
      async unfinishedDeployments() {
        if (unfinished instanceof Error) throw unfinished
        return unfinished
      },
      deploymentsSince: async () => since,
    },
    clock,
    trouble: (error) => troubles.push(error),
  })
  return { found, troubles, waited: clock.now() }
}

test.each<
  [string, Service, ServiceDeploymentBrief[], ServiceDeploymentBrief[], Partial<InProgress> | undefined]
>([
  ['none', completed, [], [], undefined],
  [
    'one',
    rolling,
    [brief(2, 'IN_PROGRESS')],
    [],
    { id: 'ecs-svc/2', arn: 'deployment-of-2', taskDefinition: 'web:2', status: 'IN_PROGRESS' },
  ],
  [
    'a rollback of one that the service no longer shows',
    completed,
    [brief(7, 'ROLLBACK_IN_PROGRESS')],
    [],
    { id: 'ecs-svc/7', taskDefinition: undefined, status: 'ROLLBACK_IN_PROGRESS' },
  ],
  [
    'the newest of two',
    rolling,
    [brief(2, 'PENDING'), brief(1, 'STOP_REQUESTED')],
    [],
    { id: 'ecs-svc/2', status: 'PENDING' },
  ],
  [
    'one that was just listed',
    rolling,
    [],
    [brief(2, 'IN_PROGRESS')],
    { id: 'ecs-svc/2', arn: 'deployment-of-2' },
  ],
  ['one that is successful and has not completed', rolling, [], [brief(2, 'SUCCESSFUL')], undefined],
  ['one that is never listed', rolling, [], [], { id: 'ecs-svc/2', arn: undefined, taskDefinition: 'web:2' }],
])('%s', async (_, service, unfinished, since, expected) => {
  const { found } = await finding(service, unfinished, since)
  if (expected === undefined) expect(found).toBeUndefined()
  else expect(found).toMatchObject(expected)
})

test('what is not listed is looked for again, and not for ever', async () => {
  expect((await finding(rolling, [])).waited).toBe(10_000)
})

test.each([denied, throttled])(
  'where deployments cannot be listed, the PRIMARY decides (%s)',
  async (error) => {
    const during = await finding(rolling, error)
    expect([during.found?.id, during.found?.arn, during.troubles]).toEqual(['ecs-svc/2', undefined, [error]])
    expect((await finding(completed, error)).found).toBeUndefined()
  },
)

test.each([
  new ActionError('credentials', 'expired'),
  new ActionError('cancelled', 'SIGINT'),
  new Error('a defect'),
])('what ends every run ends this too (%s)', async (error) => {
  await expect(finding(rolling, error)).rejects.toBe(error)
})

test('it is told whose it is and since when', () => {
  const other: InProgress = {
    id: older,
    arn: undefined,
    taskDefinition: 'web:1',
    status: 'IN_PROGRESS',
    since: created,
  }
  expect(who(other)).toBe('ecs-svc/1 (web:1), IN_PROGRESS, since 2026-10-01 12:00:00 UTC')
  expect(who({ ...other, taskDefinition: undefined })).toMatch(/^ecs-svc\/1, IN_PROGRESS/)
  expect(deploymentInProgressFinding(other, undefined)).toMatchObject({
    code: 'deployment-in-progress',
    cause: `another deployment is in progress: ${who(other)}`,
    remedy: expect.stringContaining('concurrency: wait'),
  })
  expect(deploymentInProgressFinding(other, '30m')).toMatchObject({
    cause: expect.stringMatching(/UTC, and had not ended after 30m$/),
    remedy: expect.stringContaining('concurrency: supersede'),
  })
})
