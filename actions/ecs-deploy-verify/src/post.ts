import { formatDuration, isTerminal, nameInArn, type Post, type ServiceDeployment } from '@ecs-release/core'
import { startedBy, tellToRollBack } from './cancel.ts'
import type { Inputs } from './inputs.ts'
import { type Run, startRun } from './run.ts'
import { type Traces, tracesOf } from './traces.ts'

/** GitHub gives the end of a cancelled job five minutes in all. Milliseconds. */
const longest = 120_000
const pause = 4000

/** After a cancelled run: sees to it that ECS was told to roll back, where that was asked for, and states how it ended. */
export const post: Post<Inputs> = async (context) => {
  const traces = tracesOf(context.saved)
  if (traces === undefined) return
  const run = startRun(context)
  const wantsRollback = context.inputs.onCancel === 'rollback'
  const arn = traces.deploymentArn ?? (await listed(run, traces))
  if (wantsRollback && !traces.told && (await goesOn(run, arn))) {
    const told = await tellToRollBack(run, { ...traces, deploymentArn: arn }, () => {})
    if (told !== undefined) run.log.info(told)
  }
  const text = arn === undefined ? unknown(traces) : await stated(run, traces, arn, wantsRollback)
  run.log.notice(text)
  run.summary.heading(`${run.inputs.service}: after the cancellation`).sentence(`${text}.`)
}

/** ECS takes some seconds until it lists a deployment (ecs-model 6.2). */
async function listed({ calls, clock, signal }: Run, traces: Traces): Promise<string | undefined> {
  for (let looks = 1; ; looks++) {
    const arn = await startedBy(traces, calls)
    if (arn !== undefined || looks === 5) return arn
    await clock.sleep(pause, signal)
  }
}

/** What has ended, or is rolled back already, is not for us to stop. */
async function goesOn({ calls }: Run, arn: string | undefined): Promise<boolean> {
  if (arn === undefined) return false
  const { status } = await calls.deployment(arn)
  return status === 'PENDING' || status === 'IN_PROGRESS'
}

function unknown({ taskDefinitionArn }: Traces): string {
  return `No deployment of ${nameInArn(taskDefinitionArn)} is in progress`
}

/** Waits for the end of a rollback only: a deployment that was to go on may take its time. */
async function stated(
  { calls, clock, log, signal }: Run,
  { taskDefinitionArn }: Traces,
  arn: string,
  wait: boolean,
): Promise<string> {
  const until = clock.now() + longest
  let seen: ServiceDeployment | undefined
  let status = ''
  for (;;) {
    seen = await calls.deployment(arn)
    if (seen.status !== status) log.info(`${arn} is ${seen.status}`)
    status = seen.status
    if (!wait || isTerminal(status) || clock.now() >= until) break
    await clock.sleep(pause, signal)
  }
  const reason = seen.statusReason === undefined ? '' : ` (${seen.statusReason})`
  const age = formatDuration((clock.now() - seen.createdAt.getTime()) / 1000)
  const what = `The deployment of ${nameInArn(taskDefinitionArn)}`
  return isTerminal(status)
    ? `${what} has ended as ${status}${reason}`
    : `${what} goes on: it is ${status}${reason}, ${age} after it was started`
}
