import type { Task } from '../../aws/ecs-model.ts'
import type { TargetGroup } from '../../aws/elbv2.ts'
import type { JsonObject } from '../../aws/json.ts'
import { aCrashedTask, aTask, older } from '../test-data.fixture.ts'
import { type Investigation, investigate } from './investigate.ts'
import type { Scene } from './observed.ts'
import { seen } from './sample.fixture.ts'

/** A container that writes to CloudWatch Logs. */
export const awslogs = (region: string): JsonObject => ({
  containerDefinitions: [
    {
      name: 'app',
      logConfiguration: {
        logDriver: 'awslogs',
        options: { 'awslogs-group': 'g', 'awslogs-stream-prefix': 'p', 'awslogs-region': region },
      },
    },
  ],
})

export interface Asked {
  stopped?: Task[] | Error
  log?: string[] | Error | undefined
  logLines?: number
  definition?: JsonObject
  earlier?: Investigation
  change?: Partial<Scene>
  groups?: TargetGroup[] | Error
  /** What the first read of tasks ends with. */
  failsOnce?: Error
}

/** Investigates, with what AWS answers. */
export async function asking({
  stopped = [aCrashedTask('1', 1)],
  log,
  logLines = 20,
  definition = awslogs('us-east-1'),
  earlier,
  change = {},
  groups = [],
  failsOnce,
}: Asked): Promise<{ found: Investigation; troubles: unknown[]; asked: unknown[][] }> {
  const troubles: unknown[] = []
  const asked: unknown[][] = []
  let reads = 0
  const found = await investigate(
    { ...seen(), definition, ...change },
    {
      calls: {
        async tasks(status) {
          if (status === 'RUNNING') return [aTask('9', { startedBy: older })]
          if (failsOnce !== undefined && status === 'STOPPED' && reads++ === 0) throw failsOnce
          if (stopped instanceof Error) throw stopped
          return stopped
        },
        async logTail(...place) {
          asked.push(place)
          if (log instanceof Error) throw log
          return log
        },
      },
      around: {
        async targetGroups(arns) {
          asked.push([...arns])
          if (groups instanceof Error) throw groups
          return groups
        },
      },
      images: {
        async exposedPorts(image, platform) {
          asked.push([image, platform])
          return [8080]
        },
      },
      logLines,
      earlier,
      trouble: (error) => troubles.push(error),
    },
  )
  return { found, troubles, asked }
}
