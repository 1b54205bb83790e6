import { type Drills, readDrills } from './drills.ts'
import { environment } from './environment.ts'

/** Everything that a task definition can set. */
export interface Config {
  /** Absent: all addresses, IPv6 ones too where the machine has them. */
  host: string | undefined
  /** 0 lets the system choose a free port; the `listening` log line tells which. */
  port: number
  version: string
  commit: string
  /** How long the app keeps serving after SIGTERM. */
  shutdownDelaySeconds: number
  /** From SIGTERM to the moment when requests that are still running are cut off. */
  shutdownTimeoutSeconds: number
  drills: Drills
}

export type ConfigResult =
  | { kind: 'valid'; config: Config }
  | { kind: 'invalid'; problems: readonly string[] }

export function readConfig(variables: NodeJS.ProcessEnv): ConfigResult {
  const env = environment(variables)
  const config: Config = {
    host: env.text('HOST'),
    port: env.number('PORT', { fallback: 8080, min: 0, max: 65_535, whole: true }),
    version: env.text('APP_VERSION') ?? 'unknown',
    commit: env.text('APP_COMMIT') ?? 'unknown',
    shutdownDelaySeconds: env.number('SHUTDOWN_DELAY_SECONDS', { fallback: 5, min: 0, max: 110 }),
    // ECS sends SIGKILL after the container's stopTimeout: 30 s unless set, at most 120 s on Fargate.
    shutdownTimeoutSeconds: env.number('SHUTDOWN_TIMEOUT_SECONDS', { fallback: 25, min: 0, max: 119 }),
    drills: readDrills(env),
  }
  const problems = [...env.problems]
  const { shutdownDelaySeconds: delay, shutdownTimeoutSeconds: timeout } = config
  if (timeout < delay) {
    problems.push(
      `SHUTDOWN_TIMEOUT_SECONDS: expected at least SHUTDOWN_DELAY_SECONDS (${delay}), got "${timeout}"`,
    )
  }
  return problems.length > 0 ? { kind: 'invalid', problems } : { kind: 'valid', config }
}
