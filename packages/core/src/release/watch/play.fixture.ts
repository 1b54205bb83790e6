import type { ServiceDeployment } from '../../aws/ecs-model.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { aService, aServiceDeployment } from '../test-data.fixture.ts'
import { type View, type WaitUntil, type WatchEnd, watch } from './watch.ts'

/** Plays a watch against scripted answers, for tests. */

export const is = (status: string, change: Partial<ServiceDeployment> = {}): ServiceDeployment =>
  aServiceDeployment({ status, ...change })

export const minute = 60_000

export interface Play {
  /** What the nth look answers; the last stays. */
  answers: (ServiceDeployment | Error)[]
  until?: WaitUntil
  timeout?: number
  targets?: Error
  groups?: string[]
}

export interface Played {
  end: WatchEnd
  /** What the observer heard, in order. */
  told: string[]
  calls: { name: string; at: number }[]
  /** When a call was made, by its name. */
  at(name: string): number[]
  now: number
  views: View[]
}

export async function watching({
  answers,
  until = 'completed',
  timeout = 30 * minute,
  targets,
  groups = ['tg'],
}: Play): Promise<Played> {
  const clock = steppingClock(0)
  const calls: { name: string; at: number }[] = []
  const told: string[] = []
  const views: View[] = []
  const note = (name: string) => calls.push({ name, at: clock.now() })
  const behind = { containerName: 'app', containerPort: 1 }
  const service = aService({
    loadBalancers: groups.map((targetGroupArn) => ({ targetGroupArn, ...behind })),
  })
  let looks = 0
  const end = await watch({
    calls: {
      async deployment() {
        note('deployment')
        const answer = answers[Math.min(looks++, answers.length - 1)] ?? is('PENDING')
        if (answer instanceof Error) throw answer
        return answer
      },
      async service() {
        note('service')
        return { ...service, runningCount: clock.now() }
      },
      async targets(group) {
        note(group)
        if (targets !== undefined) throw targets
        return [
          { id: String(clock.now()), port: 1, state: 'healthy', reason: undefined, description: undefined },
        ]
      },
    },
    clock,
    deploymentArn: 'arn',
    service,
    startedAt: 0,
    deadline: timeout,
    until,
    random: () => 0,
    observer: {
      look: (view) => {
        told.push(view.deployment.status)
        views.push(view)
      },
      failing: async ({ deployment }) => void told.push(`failing ${deployment.status}`),
      trouble: (error) => told.push(error instanceof Error ? error.message : ''),
    },
  })
  const at = (name: string) => calls.filter((call) => call.name === name).map((call) => call.at)
  return { end, told, at, calls, now: clock.now(), views }
}
