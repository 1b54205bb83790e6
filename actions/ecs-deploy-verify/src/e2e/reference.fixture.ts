import assert from 'node:assert/strict'
import { balanced, type World, type WorldOptions, world } from './world.fixture.ts'

type Call = ReturnType<World['testbed']['calls']['all']>[number]

/** A run that nothing disturbs. What it is seen to call is what the sweeps disturb, so that no call can be forgotten. */
export interface Scenario {
  name: string
  world: WorldOptions
  /** Prepares the account and gives the inputs. */
  inputs(aws: World): Promise<Record<string, string>>
  outcome: string
  /** What there is afterwards: revisions of the task definition and service deployments, with those of the first deployment. */
  leaves: { revisions: number; deployments: number }
}

const released = { revisions: 2, deployments: 2 }

export const release: Scenario = {
  name: 'a release',
  world: {
    ...balanced,
    timeScale: 60,
    taskDefinition: (input) => ({
      ...input,
      taskRoleArn: 'arn:aws:iam::111122223333:role/ordersTaskRole',
      tags: [{ key: 'team', value: 'orders' }],
    }),
  },
  // Forced, so that an update that took effect twice would leave two deployments.
  inputs: async (aws) => ({ images: (await aws.push('v2')).uri, 'force-new-deployment': 'true' }),
  outcome: 'succeeded',
  leaves: released,
}

export const crash: Scenario = {
  name: 'a crash on start',
  world: {},
  async inputs(aws) {
    const { uri } = await aws.push('v2', { fault: 'exit', says: ['cannot open the orders database'] })
    return { images: uri, 'log-lines': '5' }
  },
  outcome: 'rolled-back',
  leaves: released,
}

/** Nothing of the service ends this deployment, so the step does. */
export const failingAlike: Scenario = {
  name: 'tasks that fail alike',
  world: { circuitBreaker: { enable: false, rollback: false }, timeScale: 40 },
  inputs: async (aws) => ({ images: (await aws.push('v2', { fault: 'exit' })).uri }),
  outcome: 'failed',
  leaves: released,
}

/** ECS ends this deployment and leaves the service with it, so what ran before is deployed again. */
export const broughtBack: Scenario = {
  name: 'a failure that is taken back by another deployment',
  world: { circuitBreaker: { enable: true, rollback: false } },
  async inputs(aws) {
    return { images: (await aws.push('v2', { fault: 'exit' })).uri, 'early-failure': 'off' }
  },
  outcome: 'failed',
  leaves: { revisions: 2, deployments: 3 },
}

export const missingImage: Scenario = {
  name: 'a missing image',
  world: {},
  inputs: async (aws) => ({ images: aws.v1.reference.replace(/v1$/, 'never-pushed') }),
  outcome: 'refused',
  leaves: { revisions: 1, deployments: 1 },
}

export const scenarios: readonly Scenario[] = [release, crash, missingImage, failingAlike, broughtBack]

/** `ecs:DescribeServices`: the signing name is the prefix of the service's IAM actions. */
export const nameOf = ({ service, operation }: Pick<Call, 'service' | 'operation'>): string =>
  `${service}:${operation}`

/** The calls that the action has made, in order; those of the test's own clients are left out. */
export function callsOf({ testbed }: World): Call[] {
  return testbed.calls.all().filter(({ userAgent }) => userAgent.includes('ecs-release-actions/'))
}

/** Runs a scenario undisturbed and gives the calls that it made. */
export async function record(scenario: Scenario): Promise<readonly Call[]> {
  await using aws = await world(scenario.world)
  await using run = await aws.deploy(await scenario.inputs(aws))
  assert.equal(run.outputs.outcome, scenario.outcome, run.log)
  return callsOf(aws)
}

/** What each scenario calls that none before it does. */
export async function recordedCalls(): Promise<{ scenario: Scenario; action: string }[]> {
  const recorded = await Promise.all(scenarios.map(record))
  const seen = new Set<string>()
  return scenarios.flatMap((scenario, index) =>
    [...new Set((recorded[index] ?? []).map(nameOf))].flatMap((action) => {
      if (seen.has(action)) return []
      seen.add(action)
      return [{ scenario, action }]
    }),
  )
}
