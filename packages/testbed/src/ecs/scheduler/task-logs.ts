import { flag, optionalText } from '../../wire/input.ts'
import type { ContainerDefinition } from './container-definition.ts'
import { initialization } from './initialization-texts.ts'
import { stopped } from './texts.ts'
import type { World } from './world.ts'

/** Why the awslogs driver of a container cannot start, in ECS's words; undefined when it can. Creates the group where asked to. */
export function logProblem(
  { logs }: World,
  { logs: options }: ContainerDefinition,
  reached: boolean,
): string | undefined {
  if (!options) return undefined
  const group = optionalText(options, 'awslogs-group')
  if (optionalText(options, 'awslogs-region') === undefined) return stopped.noLogRegion
  if (!reached) return initialization.logsUnreachable
  if (group === undefined) return stopped.noLogGroup
  if (logs.hasGroup(group)) return undefined
  if (!flag(options, 'awslogs-create-group')) return stopped.noLogGroup
  logs.createGroup(group)
  return undefined
}

/** Where a container's lines go: the stream `PREFIX/CONTAINER/TASK`; nowhere with another driver or none. */
export function logWriter(
  { logs, clock }: World,
  { name, logs: options }: ContainerDefinition,
  task: string,
): (line: string) => void {
  const group = options && optionalText(options, 'awslogs-group')
  if (!options || group === undefined) return () => {}
  // Fargate requires the prefix; without one an EC2 host names the stream after the container's id, which is not modelled.
  const prefix = optionalText(options, 'awslogs-stream-prefix')
  const stream = [prefix, name, task].filter((part) => part !== undefined).join('/')
  return (line) => logs.write(group, stream, line, clock.now())
}
