import { credentialsEnd, type Finding, sessionTime } from '@ecs-release/core'
import type { Run } from './run.ts'

/** Compares what is left of the credentials with the time-out: short ones are warned of, ended ones are a finding. */
export function checkCredentials({ annotate, clock, env, inputs }: Run): readonly Finding[] {
  if (inputs.dryRun) return []
  const end = credentialsEnd(env)
  const left = end === undefined ? undefined : Math.floor((end - clock.now()) / 1000)
  const time = sessionTime(left, inputs.timeout)
  switch (time.kind) {
    case 'enough':
      return []
    case 'short':
      annotate('warning', time.warning, 'the end of the credentials')
      return []
    case 'too-short':
      return [time.finding]
  }
}
