import { text } from 'node:stream/consumers'
import type { Stack } from '../stack/stack.ts'
import { type Engine, engineAt, engineSocket } from '../tasks/docker/engine.ts'
import type { Testbed } from '../testbed.ts'
import { isObject } from '../wire/json.ts'
import type { ImagePath } from './image-path.ts'

/** What the service's running tasks run: of containers the engine is asked, of processes ECS. One digest for each task. */
export async function runningDigests(path: ImagePath, testbed: Testbed, stack: Stack): Promise<string[]> {
  const { ecs } = testbed.clients
  const { cluster, service } = stack
  const { taskArns = [] } = await ecs.listTasks({ cluster, serviceName: service, desiredStatus: 'RUNNING' })
  if (path.tasks === 'containers') {
    const engine = engineAt(engineSocket() ?? '')
    return Promise.all(taskArns.map((arn) => containerDigest(engine, arn.split('/').at(-1) ?? '')))
  }
  const { tasks = [] } = await ecs.describeTasks({ cluster, tasks: taskArns })
  return tasks.map(({ containers }) => containers?.[0]?.imageDigest ?? 'unknown')
}

async function containerDigest(engine: Engine, taskId: string): Promise<string> {
  const filters = JSON.stringify({ label: [`com.amazonaws.ecs.task-id=${taskId}`], status: ['running'] })
  const listed = await engine.open('GET', `/containers/json?${new URLSearchParams({ filters })}`)
  const containers: unknown = JSON.parse(await text(listed))
  const [container] = Array.isArray(containers) ? containers : []
  return isObject(container) ? (String(container.Image).split('@')[1] ?? 'unknown') : 'no container'
}
