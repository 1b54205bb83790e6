import { expect, test } from 'vitest'
import { at, benchWithService, targetGroupArn } from '../testing/bench.ts'
import { addTask } from '../testing/tasks.ts'

test('counts follow the tasks until the scheduler has frozen them', async () => {
  const made = await benchWithService()
  const service = made.serviceNamed('web')
  addTask(service, 'old', made.clock.now())
  await made.call('UpdateService', { cluster: 'shop', service: 'web', taskDefinition: 'web' })
  addTask(service, 'new', made.clock.now(), { lastStatus: 'PENDING' })
  const [deployment] = service.serviceDeployments
  if (!deployment) throw new Error('no service deployment')
  const described = async () => {
    const answer = await made.call('DescribeServiceDeployments', { serviceDeploymentArns: [deployment.arn] })
    return at(answer, 'serviceDeployments', 0)
  }
  const [target, source] = service.revisions.map(({ arn }) => arn)
  expect(await described()).toEqual({
    serviceDeploymentArn: deployment.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    createdAt: made.clock.now() / 1000,
    updatedAt: made.clock.now() / 1000,
    status: 'PENDING',
    sourceServiceRevisions: [
      { arn: source, requestedTaskCount: 2, runningTaskCount: 1, pendingTaskCount: 0 },
    ],
    targetServiceRevision: { arn: target, requestedTaskCount: 2, runningTaskCount: 0, pendingTaskCount: 1 },
    deploymentConfiguration: expect.objectContaining({ strategy: 'ROLLING', maximumPercent: 200 }),
    deploymentCircuitBreaker: { status: 'DISABLED', failureCount: 0, threshold: 3 },
    alarms: { status: 'DISABLED' },
  })
  const [ran] = deployment.sources
  if (!ran) throw new Error('no source')
  const frozen = { requested: 5, running: 4, pending: 1 }
  deployment.finalCounts = new Map([
    [deployment.target, frozen],
    [ran, { requested: 0, running: 1, pending: 0 }],
  ])
  expect(await described()).toMatchObject({
    sourceServiceRevisions: [{ requestedTaskCount: 0, runningTaskCount: 1, pendingTaskCount: 0 }],
    targetServiceRevision: { requestedTaskCount: 5, runningTaskCount: 4, pendingTaskCount: 1 },
  })
})

test('what the service is set to later does not change the deployments before', async () => {
  const made = await benchWithService({ deploymentConfiguration: { maximumPercent: 150 } })
  const [deployment] = made.serviceNamed('web').serviceDeployments
  const change = { deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 50 } }
  await made.call('UpdateService', { cluster: 'shop', service: 'web', ...change })
  await made.call('UpdateService', { cluster: 'shop', service: 'web', taskDefinition: 'web' })
  const [newer] = made.serviceNamed('web').serviceDeployments
  const arns = [deployment?.arn ?? '', newer?.arn ?? '']
  const answer = await made.call('DescribeServiceDeployments', { serviceDeploymentArns: arns })
  expect(answer.serviceDeployments).toMatchObject([
    { deploymentConfiguration: { maximumPercent: 150, minimumHealthyPercent: 100 } },
    { deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 50 } },
  ])
})

test('a rollback tells its reason, its beginning and where it goes', async () => {
  const made = await benchWithService()
  const service = made.serviceNamed('web')
  const [deployment] = service.serviceDeployments
  const [revision] = service.revisions
  if (!deployment || !revision) throw new Error('no deployment')
  Object.assign(deployment, {
    status: 'ROLLBACK_SUCCESSFUL',
    statusReason: 'Service deployment rolled back by user.',
    rollback: { reason: 'because', startedAt: 1_700_000_000_500, revision },
    finishedAt: 1_700_000_001_000,
  })
  const answer = await made.call('DescribeServiceDeployments', { serviceDeploymentArns: [deployment.arn] })
  expect(at(answer, 'serviceDeployments', 0)).toMatchObject({
    status: 'ROLLBACK_SUCCESSFUL',
    statusReason: 'Service deployment rolled back by user.',
    rollback: { reason: 'because', startedAt: 1_700_000_000.5, serviceRevisionArn: revision.arn },
    finishedAt: 1_700_000_001,
  })
})

test('a revision shows a digest once it is resolved', async () => {
  const made = await benchWithService()
  const [revision] = made.serviceNamed('web').revisions
  if (!revision) throw new Error('no revision')
  const images = async () => {
    const answer = await made.call('DescribeServiceRevisions', { serviceRevisionArns: [revision.arn] })
    return at(answer, 'serviceRevisions', 0)
  }
  expect(await images()).toMatchObject({
    serviceRevisionArn: revision.arn,
    taskDefinition: revision.taskDefinition.arn,
    launchType: 'FARGATE',
    platformVersion: '1.4.0',
    loadBalancers: [{ targetGroupArn, containerName: 'web', containerPort: 8080 }],
    containerImages: [{ containerName: 'web', image: 'nginx:1' }],
  })
  expect(at(await images(), 'containerImages', 0)).not.toHaveProperty('imageDigest')
  revision.digests.set('web', 'sha256:abc')
  expect(at(await images(), 'containerImages', 0, 'imageDigest')).toBe('sha256:abc')
})
