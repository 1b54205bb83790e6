import { parseArgs } from 'node:util'
import { releases } from './releases.ts'

export interface DemoOptions {
  /** Releases whose fault is taken out. */
  healed: string[]
  /** false switches the load balancer's health checks off, so that users meet what they should never meet. */
  healthChecks: boolean
  /** What the tasks are to be; containers only where this machine has what they need. */
  tasks: 'containers' | 'processes'
}

export const usage = `Usage: npm run demo -- [--heal RELEASE]... [--without-health-checks] [--processes]

  --heal v3                take the fault out of a release and see its outcome change
  --without-health-checks  let the load balancer trust every task, and see the users' errors
  --processes              pack images and run processes even where there is Docker
`

/** Reads the demo's command line; throws with a sentence for the user. */
export function demoOptions(args: readonly string[]): DemoOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      heal: { type: 'string', multiple: true, default: [] },
      'without-health-checks': { type: 'boolean', default: false },
      processes: { type: 'boolean', default: false },
    },
  })
  const names = releases().map(({ name }) => name)
  const unknown = values.heal.filter((name) => !names.includes(name))
  if (unknown.length > 0)
    throw new Error(`--heal: expected one of ${names.join(', ')}, got ${unknown.join(', ')}`)
  return {
    healed: values.heal,
    healthChecks: !values['without-health-checks'],
    tasks: values.processes ? 'processes' : 'containers',
  }
}
