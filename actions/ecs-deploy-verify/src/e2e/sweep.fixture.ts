import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { ActionRun } from '@ecs-release/testbed'
import type { Rule } from './answers.fixture.ts'
import { checked } from './checked.fixture.ts'
import { callsOf, nameOf, type Scenario } from './reference.fixture.ts'
import { type World, world } from './world.fixture.ts'

/** What a disturbed run left behind. */
export interface Left {
  run: ActionRun
  /** Revisions that it has registered, and deployments that it has started. */
  made: readonly [revisions: number, deployments: number]
  /** Revisions of the task definition, that of the first deployment included. */
  revisions: number
  /** Service deployments, the first one included. */
  deployments: number
  /** Of the newest service deployment. */
  status: string | undefined
  /** Writes of the action that AWS carried out, in order. */
  written: readonly string[]
  /** How often each rule struck. */
  hits: readonly number[]
}

/** Than answers are late in a world of the usual time scale: 6 seconds of AWS time. Milliseconds. */
const longerThanLate = 250

const writes = /^(Register|Update|Create|Delete|Deregister|Stop|Run|Put|Modify|Tag|Untag)/

/** Runs a scenario with faults, hands over what it left, and checks that nothing was done twice. */
export async function disturbed(
  scenario: Scenario,
  rules: readonly Rule[],
  check: (left: Left) => void,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  await using aws = await world(scenario.world)
  const inputs = await scenario.inputs(aws)
  const before = await stateOf(aws)
  const injected = rules.map((rule) => aws.testbed.faults.inject(rule))
  await using run = await aws.deployUnchecked(inputs, { env })
  aws.testbed.faults.clear()
  checked(run)
  const after = await stateOf(aws)
  const made = [after.revisions - before.revisions, after.deployments - before.deployments] as const
  const left = { run, ...after, made, hits: injected.map(({ hits }) => hits) }
  if (run.outputs.outcome === 'succeeded') assert.equal(left.status, 'SUCCESSFUL', run.log)
  const { deployments, revisions } = scenario.leaves
  assert.ok(left.revisions <= Math.max(revisions, 2), run.log)
  assert.ok(left.deployments <= Math.max(deployments, 2), run.log)
  const updates = left.written.filter((name) => name === 'ecs:UpdateService').length
  assert.ok(updates <= Math.max(deployments - 1, 1), run.log)
  check(left)
}

/** What there is now, and what the action had written by then. */
export async function stateOf(aws: World): Promise<Omit<Left, 'run' | 'hits' | 'made'>> {
  const { cluster, service } = aws.stack
  const { ecs } = aws.testbed.clients
  // A step that ends right after a write has done it before the lists show it.
  await wait(longerThanLate)
  const { taskDefinitionArns = [] } = await ecs.listTaskDefinitions({ familyPrefix: 'orders' })
  const { serviceDeployments = [] } = await ecs.listServiceDeployments({ cluster, service })
  const written = callsOf(aws).filter(({ operation, outcome }) => outcome === 'ok' && writes.test(operation))
  return {
    revisions: taskDefinitionArns.length,
    deployments: serviceDeployments.length,
    status: serviceDeployments[0]?.status,
    written: written.map(nameOf),
  }
}

/** The rule that hits one action, written as IAM spells it. */
export function at(action: string, rule: Omit<Rule, 'service' | 'operation'>): Rule {
  const [service = '', operation = ''] = action.split(':')
  return { service, operation, ...rule }
}
