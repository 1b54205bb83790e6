import {
  type Deployment,
  deploymentInProgressFinding,
  formatDuration,
  primaryOf,
  type Service,
} from '@ecs-release/core'
import { type Checked, check, startsDeployment } from './check.ts'
import { lettingComplete, lettingEnd, otherDeployment } from './concurrency.ts'
import { type Prepared, prepare } from './prepare.ts'
import type { Run } from './run.ts'
import type { SoFar } from './traces.ts'

/** All that is known when the deployment may begin, or is refused. */
export interface Ready {
  before: Service
  prepared: Prepared
  checked: Checked
}

/**
 * Prepares the task definition and checks it. With `concurrency: wait` that is done again once the deployments of others have ended,
 * and the last of them has completed, for they change what the service has. A run that would start no deployment waits for nobody: it
 * follows the one that goes on.
 */
export async function makeReady(run: Run, first: Service, soFar: SoFar): Promise<Ready> {
  const { calls, clock, inputs, log } = run
  const deadline = clock.now() + inputs.timeout * 1000
  const awaited = new Set<string>()
  let before = first
  for (;;) {
    const prepared = await log.group('Task definition', () => prepare(run, before))
    const starts = startsDeployment(run, before, prepared)
    const other = starts ? await otherDeployment(run, before) : undefined
    const checked = await check(run, { before, prepared, other })
    const ready = { before, prepared, checked }
    const waits = inputs.concurrency === 'wait' && !inputs.dryRun && checked.findings.length === 0
    if (!waits) return ready
    if (other === undefined) {
      const incomplete = starts ? incompleteOf(before) : undefined
      if (incomplete === undefined || awaited.has(incomplete.id)) return ready
      awaited.add(incomplete.id)
      await lettingComplete(run, incomplete, deadline)
    } else if (!(await lettingEnd(run, other, deadline))) {
      const finding = deploymentInProgressFinding(other, formatDuration(inputs.timeout))
      return { ...ready, checked: { ...checked, findings: [finding] } }
    }
    before = await calls.service()
    soFar.before = before
  }
}

/** The PRIMARY deployment while it has not completed: Amazon ECS would roll back to one before it. */
function incompleteOf(service: Service): Deployment | undefined {
  const primary = primaryOf(service)
  return primary?.rolloutState === 'IN_PROGRESS' ? primary : undefined
}
