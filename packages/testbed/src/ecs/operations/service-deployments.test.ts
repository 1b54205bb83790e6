import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import type { ServiceDeployment } from '../model.ts'
import { at, type Bench, benchWithService } from '../testing/bench.ts'

function newest(made: Bench): ServiceDeployment {
  const [deployment] = made.serviceNamed('web').serviceDeployments
  if (!deployment) throw new Error('no service deployment')
  return deployment
}

const stop = (made: Bench, more: JsonObject = {}): Promise<JsonObject> =>
  made.call('StopServiceDeployment', { serviceDeploymentArn: newest(made).arn, ...more })

test('DescribeServiceDeployments: known ones at once, unknown ones as failures', async () => {
  const made = await benchWithService()
  await made.call('UpdateService', { cluster: 'shop', service: 'web', taskDefinition: 'web' })
  const { arn } = newest(made)
  const unknown = arn.replace(/.$/, 'x')
  const input = { serviceDeploymentArns: [arn, unknown] }
  const answer = await made.call('DescribeServiceDeployments', input)
  expect(answer.failures).toEqual([{ arn: unknown, reason: 'MISSING' }])
  expect(answer.serviceDeployments).toMatchObject([{ serviceDeploymentArn: arn, status: 'PENDING' }])
})

test('the history is deleted with the service', async () => {
  const made = await benchWithService()
  made.serviceNamed('web').status = 'INACTIVE'
  const { arn, target } = newest(made)
  const deployments = await made.call('DescribeServiceDeployments', { serviceDeploymentArns: [arn] })
  expect(deployments.failures).toEqual([{ arn, reason: 'MISSING' }])
  const revisions = await made.call('DescribeServiceRevisions', { serviceRevisionArns: [target.arn] })
  expect(revisions.failures).toEqual([{ arn: target.arn, reason: 'MISSING' }])
})

test.each(['PENDING', 'IN_PROGRESS'] as const)(
  'StopServiceDeployment rolls one back that is %s',
  async (status) => {
    const made = await benchWithService()
    newest(made).status = status
    const { arn } = newest(made)
    expect(await stop(made, { stopType: 'ROLLBACK' })).toEqual({ serviceDeploymentArn: arn })
    expect(made.scheduler.calls.at(-1)).toEqual({ kind: 'rollBack', deployment: arn })
  },
)

test.each(['STOP_REQUESTED', 'ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS'] as const)(
  'StopServiceDeployment leaves one alone that is %s',
  async (status) => {
    const made = await benchWithService()
    newest(made).status = status
    expect(await stop(made)).toEqual({ serviceDeploymentArn: newest(made).arn })
    expect(made.scheduler.calls).toHaveLength(1)
  },
)

test.each(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'] as const)(
  'StopServiceDeployment refuses one that is %s',
  async (status) => {
    const made = await benchWithService()
    newest(made).status = status
    await expect(stop(made)).rejects.toMatchObject({
      code: 'ConflictException',
      members: { resourceIds: [newest(made).arn] },
    })
  },
)

test.each(['ABORT', 'rollback', ''])('stop type "%s" is refused', async (stopType) => {
  const made = await benchWithService()
  await expect(stop(made, { stopType })).rejects.toMatchObject({ code: 'InvalidParameterException' })
  expect(made.scheduler.calls).toHaveLength(1)
})

test('an unknown service deployment cannot be stopped', async () => {
  const made = await benchWithService()
  const serviceDeploymentArn = newest(made).arn.replace(/.$/, 'x')
  await expect(stop(made, { serviceDeploymentArn })).rejects.toMatchObject({
    code: 'ServiceDeploymentNotFoundException',
    message: 'The service deployment does not exist.',
  })
})

const many = Array.from({ length: 21 }, (_, index) => {
  return `arn:aws:ecs:us-east-1:111122223333:service-deployment/shop/web/${index}`
})

test.each<[operation: string, input: JsonObject, message: string]>([
  ['DescribeServiceDeployments', {}, 'Service deployment ARNs cannot be empty.'],
  [
    'DescribeServiceDeployments',
    { serviceDeploymentArns: many },
    'Service deployment ARNs cannot have more than 20 entries.',
  ],
  ['DescribeServiceDeployments', { serviceDeploymentArns: ['web'] }, 'Invalid service deployment ARN: web'],
  ['DescribeServiceRevisions', {}, 'Service revision ARNs cannot be empty.'],
  [
    'DescribeServiceRevisions',
    { serviceRevisionArns: many },
    'Service revision ARNs cannot have more than 20 entries.',
  ],
  [
    'DescribeServiceRevisions',
    { serviceRevisionArns: many.slice(0, 1) },
    `Invalid service revision ARN: ${many[0]}`,
  ],
  ['StopServiceDeployment', { serviceDeploymentArn: 'web' }, 'Invalid service deployment ARN: web'],
])('%s of %j is refused', async (operation, input, message) => {
  const { call } = await benchWithService()
  await expect(call(operation, input)).rejects.toMatchObject({ code: 'InvalidParameterException', message })
})

test('StopServiceDeployment needs an ARN', async () => {
  const { call } = await benchWithService()
  const message = expect.stringContaining(`'serviceDeploymentArn'`)
  await expect(call('StopServiceDeployment')).rejects.toMatchObject({ message })
  expect(
    at(await call('DescribeClusters', { clusters: ['shop'] }), 'clusters', 0, 'activeServicesCount'),
  ).toBe(1)
})
