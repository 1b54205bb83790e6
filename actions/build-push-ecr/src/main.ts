import type { Main } from '@ecs-release/core/action'
import { inspectBuilder } from './docker/inspect.ts'
import type { Inputs } from './inputs.ts'

/** Docker is asked about its builder while the rest, and with it the AWS SDK, is loaded. */
export const main: Main<Inputs> = async (context) => {
  const inspected = inspectBuilder(context.env, context.signal)
  // Whoever awaits it meets its failure; until then it is nobody's.
  inspected.catch(() => {})
  const { release } = await import('./release.ts')
  return release(context, inspected)
}
