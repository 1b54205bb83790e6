import { expect, test } from 'vitest'
import type { Service } from '../model.ts'
import { startsDeployment } from './change.ts'
import type { ServiceChange } from './scheduler.ts'
import { taskDefinition } from './testing/stage.ts'

const running = taskDefinition(1, [])
const balancer = { targetGroupArn: 'tg', containerName: 'app', containerPort: 80 }
const service: Pick<Service, 'loadBalancers' | 'raw'> = {
  loadBalancers: [balancer],
  raw: { networkConfiguration: { awsvpcConfiguration: { subnets: ['a'] } }, platformVersion: 'LATEST' },
}

test.each<[string, ServiceChange, boolean]>([
  ['nothing', {}, false],
  ['the same task definition', { taskDefinition: running }, false],
  ['another task definition', { taskDefinition: taskDefinition(2, []) }, true],
  ['the same one by force', { taskDefinition: running, forceNewDeployment: true }, true],
  ['force: false', { forceNewDeployment: false }, false],
  ['the desired count', { desiredCount: 9 }, false],
  ['the deployment configuration', { minimumHealthyPercent: 0, maximumPercent: 100 }, false],
  ['the grace period', { healthCheckGracePeriodSeconds: 9 }, false],
  ['the same load balancers', { loadBalancers: [{ ...balancer }] }, false],
  ['no load balancers any more', { loadBalancers: [] }, true],
  ['the same network', { raw: { networkConfiguration: { awsvpcConfiguration: { subnets: ['a'] } } } }, false],
  ['another subnet', { raw: { networkConfiguration: { awsvpcConfiguration: { subnets: ['b'] } } } }, true],
  ['another platform version', { raw: { platformVersion: '1.3.0' } }, true],
  ['registries', { raw: { serviceRegistries: [{ registryArn: 'r' }] } }, true],
  ['Service Connect', { raw: { serviceConnectConfiguration: { enabled: true } } }, true],
  ['volumes', { raw: { volumeConfigurations: [{ name: 'v' }] } }, true],
  ['Lattice', { raw: { vpcLatticeConfigurations: [{ portName: 'p' }] } }, true],
  ['a null, which means unchanged', { raw: { platformVersion: null } }, false],
  ['exec and tags', { raw: { enableExecuteCommand: true, propagateTags: 'SERVICE' } }, false],
])('%s', (_, change, expected) => {
  expect(startsDeployment(service, running, change)).toBe(expected)
})
