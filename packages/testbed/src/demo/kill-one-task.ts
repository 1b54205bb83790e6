import { setTimeout as wait } from 'node:timers/promises'
import type { Stack } from '../stack/stack.ts'
import type { Testbed } from '../testbed.ts'
import type { Narrator } from './narrator.ts'
import type { Users } from './users.ts'

/** Stops one task as an operator would at a prompt, and waits until another has taken its place. */
export async function killOneTask(
  testbed: Testbed,
  stack: Stack,
  traffic: Users,
  tell: Narrator,
  signal: AbortSignal,
): Promise<void> {
  const { ecs } = testbed.clients
  const { cluster, service } = stack
  const running = async (): Promise<string[]> =>
    (await ecs.listTasks({ cluster, serviceName: service, desiredStatus: 'RUNNING' })).taskArns ?? []
  const [victim] = await running()
  if (victim === undefined) throw new Error('there is no task to kill')
  const before = traffic.totals()
  const began = Date.now()
  tell.chapter('kill', `Somebody stops a task by hand: aws ecs stop-task --task ${id(victim)}`)
  await ecs.stopTask({ cluster, task: victim, reason: 'Stopped by hand in the demo' })
  const replacement = await replaced(testbed, stack, victim, signal)
  const after = traffic.totals()
  tell.good(
    `replaced by ${id(replacement)} in ${((Date.now() - began) / 1000).toFixed(1)} s · ` +
      `users: ${after.sent - before.sent} requests, ${after.errors - before.errors} errors`,
  )
}

async function replaced(
  testbed: Testbed,
  stack: Stack,
  victim: string,
  signal: AbortSignal,
): Promise<string> {
  const { cluster, service } = stack
  const deadline = Date.now() + 60_000
  while (Date.now() < deadline) {
    await wait(200, undefined, { signal })
    const { ecs, elbv2 } = testbed.clients
    const { taskArns = [] } = await ecs.listTasks({ cluster, serviceName: service, desiredStatus: 'RUNNING' })
    const { TargetHealthDescriptions = [] } = await elbv2.describeTargetHealth({
      TargetGroupArn: stack.targetGroupArn,
    })
    const healthy = TargetHealthDescriptions.filter(
      ({ TargetHealth }) => TargetHealth?.State === 'healthy',
    ).length
    const replacement = taskArns.find((arn) => arn !== victim)
    if (replacement !== undefined && !taskArns.includes(victim) && taskArns.length >= 2 && healthy >= 2)
      return taskArns.at(-1) ?? replacement
  }
  throw new Error('the killed task was not replaced within a minute')
}

function id(arn: string): string {
  return arn.split('/').at(-1) ?? arn
}
