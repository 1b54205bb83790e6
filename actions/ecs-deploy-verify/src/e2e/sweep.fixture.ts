import assert from 'node:assert/strict'
import type { Rule } from './answers.fixture.ts'
import { callsOf, nameOf, type Scenario } from './reference.fixture.ts'
import { type Deployed, type World, world } from './world.fixture.ts'

/** What a disturbed run left behind. */
export interface Left {
  run: Deployed
  /** Revisions of the task definition, that of the first deployment included. */
  revisions: number
  /** Service deployments, the first one included. */
  deployments: number
  /** Writes of the action that AWS carried out, in order. */
  written: readonly string[]
  /** How often each rule struck. */
  hits: readonly number[]
}

const writes = /^(Register|Update|Create|Delete|Deregister|Stop|Run|Put|Modify|Tag|Untag)/

/** Runs a scenario with faults, hands over what it left, and checks that nothing was done twice. */
export async function disturbed(
  scenario: Scenario,
  rules: readonly Rule[],
  check: (left: Left) => void,
  prepare: (aws: World) => void = () => {},
): Promise<void> {
  await using aws = await world(scenario.world)
  const inputs = await scenario.inputs(aws)
  const injected = rules.map((rule) => aws.testbed.faults.inject(rule))
  prepare(aws)
  await using run = await aws.deploy(inputs)
  aws.testbed.faults.clear()
  const left = { run, ...(await stateOf(aws)), hits: injected.map(({ hits }) => hits) }
  assert.ok(left.revisions <= 2, run.log)
  assert.ok(left.deployments <= 2, run.log)
  assert.ok(left.written.filter((name) => name === 'ecs:UpdateService').length <= 1, run.log)
  check(left)
}

async function stateOf(aws: World): Promise<Pick<Left, 'revisions' | 'deployments' | 'written'>> {
  const { cluster, service } = aws.stack
  const { ecs } = aws.testbed.clients
  for (const action of new Set(callsOf(aws).map(nameOf))) aws.testbed.credentials.allow(action)
  const { taskDefinitionArns = [] } = await ecs.listTaskDefinitions({ familyPrefix: 'orders' })
  const { serviceDeployments = [] } = await ecs.listServiceDeployments({ cluster, service })
  const written = callsOf(aws).filter(({ operation, outcome }) => outcome === 'ok' && writes.test(operation))
  return {
    revisions: taskDefinitionArns.length,
    deployments: serviceDeployments.length,
    written: written.map(nameOf),
  }
}

/** The rule that hits one action, written as IAM spells it. */
export function at(action: string, rule: Omit<Rule, 'service' | 'operation'>): Rule {
  const [service = '', operation = ''] = action.split(':')
  return { service, operation, ...rule }
}
