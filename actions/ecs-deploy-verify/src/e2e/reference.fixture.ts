import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
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
  /** The calls in which it is disturbed even though another scenario makes them too: here they mean something else. */
  own?: RegExp
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

/** It only looks, so that every call of it counts. */
const verification: Scenario = {
  name: 'a proof without a release',
  world: {},
  inputs: async ({ v1 }) => ({ mode: 'verify', images: v1.uri }),
  outcome: 'succeeded',
  leaves: { revisions: 1, deployments: 1 },
  own: /./,
}

const waiting: Scenario = {
  name: 'a release that lets another deployment end first',
  world: { timeScale: 30 },
  async inputs(aws) {
    const { stack, testbed } = aws
    const { uri } = await aws.push('v2')
    const { cluster, service } = stack
    await testbed.clients.ecs.updateService({ cluster, service, forceNewDeployment: true })
    for (;;) {
      const { serviceDeployments = [] } = await testbed.clients.ecs.listServiceDeployments({
        cluster,
        service,
      })
      if (serviceDeployments.length > 1) return { images: uri }
      await wait(20)
    }
  },
  outcome: 'succeeded',
  leaves: { revisions: 2, deployments: 3 },
  own: /^ecs:(DescribeServices|ListServiceDeployments|DescribeServiceDeployments)$/,
}

/** The registry has another name than Amazon ECR gives it. */
const otherHost: Scenario = {
  name: 'an image by another host of the registry',
  world: {},
  async inputs(aws) {
    const { digest } = await aws.push('v2')
    return { images: `${aws.testbed.ecr.host}/orders@${digest}` }
  },
  outcome: 'succeeded',
  leaves: released,
  own: /^ecr:/,
}

export const scenarios: readonly Scenario[] = [
  release,
  crash,
  missingImage,
  failingAlike,
  broughtBack,
  verification,
  waiting,
  otherHost,
]

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

interface Recorded {
  scenario: Scenario
  action: string
  /** How often the scenario calls it. */
  count: number
  /** The rights that IAM asks for beside the action's own. */
  permissions: ReadonlySet<string>
}

/** Every scenario is run once for all who ask what it calls. */
let recording: Promise<Recorded[][]> | undefined

/** What each scenario calls, in the order of the scenarios. */
export function recorded(): Promise<Recorded[][]> {
  recording ??= Promise.all(scenarios.map(countsOf))
  return recording
}

async function countsOf(scenario: Scenario): Promise<Recorded[]> {
  const byAction = Map.groupBy(await record(scenario), nameOf)
  return [...byAction].map(([action, calls]) => {
    const permissions = new Set(calls.flatMap((call) => call.permissions))
    return { scenario, action, count: calls.length, permissions }
  })
}

/** What each scenario calls that none before it does, and its own calls. */
export async function recordedCalls(): Promise<Recorded[]> {
  return firstOf(await recorded(), () => true)
}

/** Actions that are called again and again, each in the first scenario that does so. */
export async function repeatedCalls(): Promise<Recorded[]> {
  return firstOf(await recorded(), ({ count }) => count > 1)
}

function firstOf(all: readonly Recorded[][], counts: (call: Recorded) => boolean): Recorded[] {
  const seen = new Set<string>()
  return all.flat().filter((call) => {
    const { action, scenario } = call
    if (!counts(call)) return false
    const isFirst = !seen.has(action)
    seen.add(action)
    return isFirst || (scenario.own?.test(action) ?? false)
  })
}
