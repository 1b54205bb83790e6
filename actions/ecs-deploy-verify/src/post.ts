import {
  ActionError,
  formatDuration,
  isTerminal,
  listedLook,
  nameInArn,
  type Post,
  poll,
  type ServiceDeployment,
} from '@ecs-release/core'
import { startedBy, tellToRollBack } from './cancel.ts'
import type { Inputs } from './inputs.ts'
import { type Run, startRun } from './run.ts'
import { newRecorder, type Traces, tracesOf } from './traces.ts'

/** GitHub gives the end of a cancelled job five minutes in all. Milliseconds. */
const forTheEnd = 120_000
/** For one answer of AWS, or for a deployment that it does not list yet. Milliseconds. */
const forAnAnswer = 20_000

/** After a cancelled run: sees to it that ECS was told to roll back, where that was asked for, and states how it ended. */
export const post: Post<Inputs> = async (context) => {
  const traces = tracesOf(context.saved)
  if (traces === undefined) return
  const run = startRun(context)
  const takesBack = context.inputs.onCancel === 'rollback'
  const arn = traces.deploymentArn ?? (await listed(run, traces))
  if (takesBack && traces.stage === 'releasing' && arn !== undefined && (await mayGoOn(run, arn))) {
    const told = await tellToRollBack(
      run,
      { ...traces, deploymentArn: arn },
      newRecorder(() => {}),
    )
    if (told !== undefined) run.log.info(told)
  }
  // Only the end of a rollback is waited for: a deployment that was to go on may take its time.
  const wait = takesBack || traces.stage !== 'releasing'
  const text = arn === undefined ? unknown(traces) : await stated(run, traces, arn, wait)
  run.log.notice(text)
  run.summary.heading(`${run.inputs.service}: after the cancellation`).sentence(`${text}.`)
}

/** ECS takes some seconds until it lists a deployment (ecs-model 6.2). */
function listed(run: Run, traces: Traces): Promise<string | undefined> {
  return poll(
    () => startedBy(traces, run.calls),
    (arn) => arn,
    { ...run, deadline: run.clock.now() + forAnAnswer },
  )
}

/** What has ended, or is rolled back already, is not for us to stop. Where nobody can tell, ECS knows: it does not stop what has ended. */
async function mayGoOn(run: Run, arn: string): Promise<boolean> {
  const going = ({ status }: ServiceDeployment) => status === 'PENDING' || status === 'IN_PROGRESS'
  const options = { ...run, deadline: run.clock.now() + forAnAnswer }
  try {
    return (await poll(listedLook(run.calls, run.clock, arn), going, options)) ?? true
  } catch (error) {
    if (!(error instanceof ActionError) || error.code !== 'access-denied') throw error
    run.trouble(error)
    return true
  }
}

function unknown({ taskDefinitionArn }: Traces): string {
  return `No deployment of ${nameInArn(taskDefinitionArn)} is in progress`
}

async function stated(run: Run, traces: Traces, arn: string, wait: boolean): Promise<string> {
  const { clock } = run
  const what = `The deployment of ${nameInArn(traces.taskDefinitionArn)}`
  const seen = await lastSeen(run, arn, wait)
  if (seen === undefined) return `${what} has begun, and AWS did not answer what became of it`
  const { createdAt, status, statusReason } = seen
  const reason = statusReason === undefined ? '' : ` (${statusReason})`
  const age = formatDuration((clock.now() - createdAt.getTime()) / 1000)
  return isTerminal(status)
    ? `${what} has ended as ${status}${reason}`
    : `${what} goes on: it is ${status}${reason}, ${age} after it was started`
}

/** The deployment when it has ended, or as it was at the last look; undefined when AWS never answered. */
async function lastSeen(run: Run, arn: string, wait: boolean): Promise<ServiceDeployment | undefined> {
  const { calls, clock, log } = run
  let last: ServiceDeployment | undefined
  const settle = (seen: ServiceDeployment): ServiceDeployment | undefined => {
    if (seen.status !== last?.status) log.info(`${arn} is ${seen.status}`)
    last = seen
    return !wait || isTerminal(seen.status) ? seen : undefined
  }
  const deadline = clock.now() + (wait ? forTheEnd : forAnAnswer)
  return (await poll(listedLook(calls, clock, arn), settle, { ...run, deadline })) ?? last
}
