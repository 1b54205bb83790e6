import type { TargetHealth } from '../../../elbv2/targets.ts'

/** How an image behaves when it runs, in seconds of AWS time. Without anything it runs well for ever and ends 1 s after SIGTERM. */
export interface Behaviour {
  /** The image cannot be pulled. */
  pullError?: string
  /** The container cannot be started. */
  startError?: string
  /** Ends by itself so long after its start; may differ from the image's 1st, 2nd, … start. */
  exitsAfter?: number | ((start: number) => number | undefined)
  exitCode?: number
  /** The engine's remark on the exit. */
  reason?: string
  /** undefined ignores SIGTERM. */
  stopsAfter?: number | undefined
  /** Whether a health check inside the container passes, so long after the start. */
  checkPasses?: (seconds: number) => boolean
  /** The state of its target, so long after registration. */
  target?: (seconds: number) => TargetHealth['state']
  lines?: readonly string[]
}

/** Runs well; healthy at the target group 10 s after registration. */
export const good: Behaviour = { stopsAfter: 1 }

/** Its container runs, but no health check ever passes. */
export const unhealthy: Behaviour = {
  stopsAfter: 1,
  checkPasses: () => false,
  target: (seconds) => (seconds < 60 ? 'initial' : 'unhealthy'),
}

/** Ends with exit code 1 as soon as it runs. */
export const crashing: Behaviour = { exitsAfter: 10, exitCode: 1 }

/** Is not in the registry. */
export const missing: Behaviour = {
  pullError:
    'pull image manifest has been retried 7 time(s): failed to resolve ref web:gone: web:gone: not found',
}
