import type { Task } from '../../aws/ecs-model.ts'
import type { TargetHealth } from '../../aws/elbv2.ts'
import type { JsonObject } from '../../aws/json.ts'
import { type SteppingClock, steppingClock } from '../stepping-clock.fixture.ts'
import { aCrashedTask, aDeployment, aService, aServiceDeployment, at, created } from '../test-data.fixture.ts'
import { type EarlyFailure, earlyFailure, type Prospect } from './early-failure.ts'
import type { View } from './watch.ts'

const definition: JsonObject = { containerDefinitions: [{ name: 'app' }] }
export const crashes = (...ids: string[]): Task[] => ids.map((id) => aCrashedTask(id, 1))

export const withCheck: JsonObject = { containerDefinitions: [{ name: 'app', healthCheck: {} }] }
/** One of them had run for 39 seconds. */
export const longLived: Task[] = [...crashes('a', 'b'), aCrashedTask('c', 1, { stoppingAt: at(59) })]

/** What is seen of a deployment that may be failing, for tests of giving up. */
export interface Scene {
  stopped?: Task[] | Error
  /** Also by the seconds since the deployment was created. */
  running?: Task[] | ((seconds: number) => Task[])
  limit?: number
  service?: View['service']
  definition?: JsonObject
  /** Running and pending tasks at each look, 4 seconds apart. */
  counts?: [running: number, pending: number][]
  targets?: TargetHealth[][]
  failedTasks?: number
}

/** What each look is answered, and which tasks were read when. */
export async function looking(scene: Scene): Promise<{ answers: (number | undefined)[]; reads: string[] }> {
  const { clock, early, reads, viewOf } = playing(scene)
  const answers: (number | undefined)[] = []
  const { counts = twoLooks } = scene
  for (const [index, [running, pending]] of counts.entries()) {
    const view = viewOf(index, running, pending)
    early.look(view)
    answers.push((await early.failures(view))?.count)
    await clock.sleep(4000)
  }
  return { answers, reads }
}

/** What there is to wait for, once failures were found. */
export async function prospecting(scene: Scene): Promise<Prospect | undefined> {
  const { early, viewOf } = playing(scene)
  return early.prospect(viewOf(0, 0, 1))
}

const twoLooks: [number, number][] = [
  [0, 2],
  [0, 1],
]

interface Playing {
  clock: SteppingClock
  early: EarlyFailure
  reads: string[]
  viewOf(index: number, running: number, pending: number): View
}

function playing(scene: Scene): Playing {
  const clock = steppingClock(at(60).getTime())
  const reads: string[] = []
  const noBalancer = aService({
    loadBalancers: [],
    deployments: [aDeployment({ failedTasks: scene.failedTasks ?? 0 })],
  })
  const early = earlyFailure({
    calls: {
      async tasks(status) {
        reads.push(`${status} ${(clock.now() - created.getTime()) / 1000 - 60}`)
        const { stopped = crashes('a', 'b', 'c') } = scene
        const { running = [] } = scene
        const seconds = (clock.now() - created.getTime()) / 1000
        if (status === 'RUNNING') return Array.isArray(running) ? running : running(seconds)
        if (stopped instanceof Error) throw stopped
        return stopped
      },
    },
    clock,
    deploymentId: 'ecs-svc/2',
    definition: scene.definition ?? definition,
    limit: scene.limit ?? 3,
    trouble: () => {},
  })
  const viewOf = (index: number, runningTaskCount: number, pendingTaskCount: number): View => {
    const counts = { runningTaskCount, pendingTaskCount }
    const deployment = aServiceDeployment({ ...counts, circuitBreaker: undefined })
    const targets = scene.targets?.[index] ?? []
    return { deployment, service: scene.service ?? noBalancer, targets, elapsed: 0 }
  }
  return { clock, early, reads, viewOf }
}
