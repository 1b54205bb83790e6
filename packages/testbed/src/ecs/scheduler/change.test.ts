import { expect, test } from 'vitest'
import type { Service } from '../model.ts'
import { applyChange, startsDeployment } from './change.ts'
import type { ServiceChange } from './scheduler.ts'
import { good } from './testing/behaviour.ts'
import { stage, taskDefinition } from './testing/stage.ts'

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

test('absent and null keep, an empty list clears, the rest is taken', async () => {
  await using on = stage()
  const made = on.create(on.release(good), {
    loadBalancers: [balancer],
    raw: { kept: 1, nulled: 2, changed: 3 },
  })
  applyChange(made, { raw: { nulled: null, changed: 4 } })
  expect(made).toMatchObject({
    desiredCount: 2,
    loadBalancers: [balancer],
    minimumHealthyPercent: 100,
    maximumPercent: 200,
  })
  expect(made.raw).toEqual({ kept: 1, nulled: 2, changed: 4 })
  const circuitBreaker = { ...made.circuitBreaker, enable: false }
  const change = {
    desiredCount: 0,
    minimumHealthyPercent: 0,
    maximumPercent: 100,
    healthCheckGracePeriodSeconds: 7,
    loadBalancers: [],
  }
  applyChange(made, { ...change, circuitBreaker })
  expect(made).toMatchObject({ ...change, circuitBreaker })
})
