import { expect, test } from 'vitest'
import type { JsonObject } from '../../wire/json.ts'
import { startsDeployment } from '../scheduler/change.ts'
import { benchWithService, targetGroupArn } from '../testing/bench.ts'

const balancer = { targetGroupArn, containerName: 'web', containerPort: 8080 }
const network = (more: JsonObject): JsonObject => ({
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'], ...more } },
})

/** Whether the real scheduler would start a deployment on what the API layer hands it. */
test.each<[name: string, input: JsonObject, starts: boolean]>([
  ['the same task definition', { taskDefinition: 'web:1' }, false],
  ['another task definition', { taskDefinition: 'web' }, true],
  ['force', { forceNewDeployment: true }, true],
  ['no force', { forceNewDeployment: false }, false],
  ['another desired count', { desiredCount: 5 }, false],
  ['another deployment configuration', { deploymentConfiguration: { maximumPercent: 150 } }, false],
  ['a grace period', { healthCheckGracePeriodSeconds: 9 }, false],
  ['the same network without its defaults', network({}), false],
  ['the same network with its defaults', network({ assignPublicIp: 'DISABLED' }), false],
  ['another network', network({ assignPublicIp: 'ENABLED' }), true],
  ['the same load balancers', { loadBalancers: [balancer] }, false],
  ['no load balancers any more', { loadBalancers: [] }, true],
  ['no volumes, as before', { volumeConfigurations: [] }, false],
  ['no registries, as before', { serviceRegistries: [] }, false],
  ['a registry', { serviceRegistries: [{ registryArn: 'arn:x' }] }, true],
  ['the platform version it has', { platformVersion: 'LATEST' }, false],
  ['a platform version', { platformVersion: '1.4.0' }, true],
  ['an unknown member', { futureMember: 1 }, false],
])('UpdateService with %s starts a deployment: %s', async (_name, input, starts) => {
  const made = await benchWithService()
  const service = made.serviceNamed('web')
  const before = { loadBalancers: service.loadBalancers, raw: service.raw }
  const running = service.deployments[0]?.taskDefinition
  await made.call('UpdateService', { cluster: 'shop', service: 'web', ...input })
  const last = made.scheduler.calls.at(-1)
  if (last?.kind !== 'updateService' || !running) throw new Error('not handed over')
  expect(startsDeployment(before, running, last.change)).toBe(starts)
})
