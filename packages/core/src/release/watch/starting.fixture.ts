import type { JsonObject } from '../../aws/json.ts'
import { updateOnce } from '../deployment/update-once.ts'
import { registerOnce } from '../task-definition/register-once.ts'
import { aDeployment, aService, older } from '../test-data.fixture.ts'
import { type Account, type Received, request } from './account.fixture.ts'

export interface Begun {
  /** When the service had been updated. */
  at: number
  received: readonly Received[]
}

/** Begins a release as the action does: reads what there is, registers, updates. Throws what the action would fail with. */
export async function starting(account: Account, timeout: number): Promise<Begun> {
  const { clock, random } = account
  const received: Received[] = []
  const ask = (service: 'ecs' | 'elasticloadbalancing', operation: string, attempts?: number) =>
    request(account, { service, operation, attempts }, (each) => received.push(each))
  const before = aService({ deployments: [aDeployment({ id: older })] })
  await ask('ecs', 'DescribeServices')
  // The revision that runs, and the newest of the family.
  for (let count = 0; count < 2; count++) await ask('ecs', 'DescribeTaskDefinition')
  await ask('ecs', 'ListServiceDeployments')
  await ask('elasticloadbalancing', 'DescribeTargetGroups')
  const definition: JsonObject = { family: 'web', containerDefinitions: [{ name: 'app', image: 'a:2' }] }
  const calls = {
    async taskDefinition() {
      await ask('ecs', 'DescribeTaskDefinition')
      return undefined
    },
    async register() {
      await ask('ecs', 'RegisterTaskDefinition', 1)
      return { definition, tags: [] }
    },
    async service() {
      await ask('ecs', 'DescribeServices')
      return before
    },
    async update() {
      await ask('ecs', 'UpdateService', 1)
      return aService()
    },
  }
  const options = { calls, clock, random, deadline: clock.now() + timeout, trouble() {} }
  await registerOnce(definition, options)
  await updateOnce(before, { taskDefinition: 'web:2' }, options)
  return { at: clock.now(), received }
}
