import { exitCode, newSummary, type Outcome, primaryOf, type Service, type Task } from '@ecs-release/core'
import { heardLog } from '@ecs-release/core/heard-log'
import { steppingClock } from '@ecs-release/core/stepping-clock'
import {
  aContainer,
  aDeployment,
  aRevision,
  aService,
  aServiceDeployment,
  aTask,
  at,
  created,
  goodDigest,
  older,
  otherDigest,
  revisionArn,
} from '@ecs-release/core/test-data'
import { expect, test } from 'vitest'
import type { Started } from './deploy.ts'
import { end } from './ending.ts'
import { follow } from './follow.ts'
import { inputs } from './inputs.ts'
import { type Run, startRun } from './run.ts'
import { termsOf } from './terms.ts'
import { outcomeOf, product, type Shown, statuses } from './truth-table.fixture.ts'

const image = `repo@${goodDigest}`
const definition = { containerDefinitions: [{ name: 'app', image }] }
const env = {
  INPUT_SERVICE: 'web',
  INPUT_TIMEOUT: '2m',
  INPUT_IMAGES: image,
  'INPUT_AWS-REGION': 'us-east-1',
}

/** The service as it is shown from the moment on at which its deployment is known. */
function serviceOf({ desired, primary, rolloutState }: Shown): Service {
  const own = aDeployment({ rolloutState })
  const another = aDeployment({ id: 'ecs-svc/9', createdAt: at(60) })
  const deployments = primary === 'ours' ? [own] : [another, { ...own, status: 'ACTIVE' }]
  return aService({ desiredCount: desired, loadBalancers: [], deployments })
}

/** A run for which AWS shows this, without any AWS. */
function runFor(shown: Shown): Run {
  const { signal } = new AbortController()
  const clock = steppingClock(created.getTime())
  const surroundings = {
    inputs: inputs.read(env),
    log: heardLog(),
    summary: newSummary(),
    clock,
    env,
    signal,
  }
  const run = startRun(surroundings)
  const imageDigest = shown.digest === 'right' ? goodDigest : otherDigest
  const tasks: readonly Task[] = [aTask('1', { containers: [aContainer({ imageDigest })] })]
  const deployment = aServiceDeployment({ status: shown.status })
  const calls: Partial<Run['calls']> = {
    service: async () => serviceOf(shown),
    deploymentsSince: async () => [deployment],
    deployment: async () => deployment,
    revisions: async (arns) =>
      [aRevision(), aRevision({ arn: revisionArn(1) })].filter(({ arn }) => arns.includes(arn)),
    tasks: async (desiredStatus) => (desiredStatus === 'RUNNING' ? tasks : []),
  }
  return { ...run, calls: { ...run.calls, ...calls } }
}

/** Follows and proves as a release does, from the moment on at which UpdateService has answered. */
async function outcomeFor(shown: Shown): Promise<Outcome> {
  const run = runFor(shown)
  const before = aService({ deployments: [aDeployment({ id: older })], loadBalancers: [] })
  const service = aService({
    deployments: [aDeployment({ rolloutState: shown.rolloutState })],
    loadBalancers: [],
  })
  const primary = primaryOf(service) ?? aDeployment()
  const started: Started = {
    before: shown.deployment === 'new' ? before : service,
    service,
    primary,
    isNew: shown.deployment === 'new',
    taskDefinitionArn: primary.taskDefinitionArn,
    desiredCount: undefined,
    updatedAt: run.startedAt,
    answeredAt: run.startedAt,
    terms: termsOf(run.inputs),
  }
  const followed = await follow(run, started, { definition, note() {} })
  const asked = { definition, named: new Map([['app', image]]), inRegistry: new Map() }
  const children = async () => ({ kind: 'listed', digests: [] }) as const
  const { outcome } = await end(run, started, followed, { asked, children, unasked: new Map() })
  return outcome
}

const named = ({ deployment, desired, digest, primary, rolloutState }: Shown) =>
  `${rolloutState}, deployment ${deployment}, PRIMARY ${primary}, desired ${desired}, digest ${digest}`

test('the table is the whole product', () => {
  expect(product).toHaveLength(10 * 3 * 2 * 2 * 2 * 2)
})

test.each(statuses)(
  'whatever is shown besides %s, the outcome and the exit code are right',
  async (status) => {
    const rows = product.filter((shown) => shown.status === status)
    const wanted = rows.map((shown): [string, unknown] => {
      const kind = outcomeOf(shown)
      return [named(shown), [kind, kind === 'succeeded' || kind === 'no-change' ? 0 : 1]]
    })
    const found = await Promise.all(
      rows.map(async (shown): Promise<[string, unknown]> => {
        const outcome = await outcomeFor(shown)
        return [named(shown), [outcome.kind, exitCode(outcome)]]
      }),
    )
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted))
  },
)
