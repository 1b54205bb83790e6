import { expect, test } from 'vitest'
import { scriptedEcs } from '../scripted-ecs.fixture.ts'
import { describeServiceDeployment, listServiceDeployments } from './service-deployments.ts'
import { describeServiceRevisions } from './service-revisions.ts'

const WEB = { cluster: 'prod', service: 'web' }

test('all pages of service deployments are read, and the newest comes first', async () => {
  const brief = (name: string, createdAt: number) => ({
    serviceDeploymentArn: name,
    status: 'PENDING',
    targetServiceRevisionArn: 'r',
    createdAt,
  })
  const pages = [
    { serviceDeployments: [brief('old', 1)], nextToken: 't1' },
    { serviceDeployments: [brief('new', 2)], nextToken: '' },
  ]
  await using aws = await scriptedEcs((_, index) => ({ body: pages[index] ?? {} }))
  const found = await listServiceDeployments(aws.ecs, { ...WEB, createdAfter: new Date(1700000000000) })
  expect(found.map(({ arn }) => arn)).toEqual(['new', 'old'])
  const query = { ...WEB, createdAt: { after: 1700000000 } }
  expect(aws.inputs()).toEqual([
    ['ListServiceDeployments', query],
    ['ListServiceDeployments', { ...query, nextToken: 't1' }],
  ])
})

test('a service deployment comes back in our own terms', async () => {
  const answer = {
    serviceDeploymentArn: 'd',
    status: 'ROLLBACK_SUCCESSFUL',
    statusReason: 'why',
    createdAt: 1700000000,
    targetServiceRevision: { arn: 'r2', requestedTaskCount: 2, runningTaskCount: 0, pendingTaskCount: 1 },
    sourceServiceRevisions: [{ arn: 'r1' }],
    deploymentCircuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
    rollback: { reason: 'broken', serviceRevisionArn: 'r1' },
    alarms: { status: 'MONITORING', alarmNames: ['a', 'b'] },
  }
  await using aws = await scriptedEcs(() => ({ body: { serviceDeployments: [answer] } }))
  expect(await describeServiceDeployment(aws.ecs, 'd')).toEqual({
    arn: 'd',
    status: 'ROLLBACK_SUCCESSFUL',
    statusReason: 'why',
    targetServiceRevisionArn: 'r2',
    sourceServiceRevisionArns: ['r1'],
    requestedTaskCount: 2,
    runningTaskCount: 0,
    pendingTaskCount: 1,
    createdAt: new Date(1700000000000),
    startedAt: undefined,
    finishedAt: undefined,
    circuitBreaker: { status: 'TRIGGERED', failureCount: 3, threshold: 3 },
    rollback: { reason: 'broken', serviceRevisionArn: 'r1' },
    alarms: { status: 'MONITORING', triggered: [] },
  })
})

test('a service deployment that is not known is not found', async () => {
  await using aws = await scriptedEcs(() => ({
    body: { serviceDeployments: [], failures: [{ arn: 'd', reason: 'MISSING' }] },
  }))
  await expect(describeServiceDeployment(aws.ecs, 'd')).rejects.toMatchObject({ code: 'not-found' })
})

test('service revisions come in the order asked for', async () => {
  const revision = (arn: string) => ({
    serviceRevisionArn: arn,
    taskDefinition: 'web:7',
    containerImages: [{ containerName: 'web', image: 'nginx', imageDigest: 'sha256:0' }],
  })
  await using aws = await scriptedEcs(() => ({
    body: { serviceRevisions: [revision('b'), revision('a')] },
  }))
  const found = await describeServiceRevisions(aws.ecs, ['a', 'b', 'gone'])
  expect(found.map(({ arn }) => arn)).toEqual(['a', 'b'])
  expect(found[0]?.containerImages).toEqual([{ containerName: 'web', image: 'nginx', digest: 'sha256:0' }])
  expect(await describeServiceRevisions(aws.ecs, [])).toEqual([])
})
