import { deploymentInProgressFinding, formatDuration, type Service } from '@ecs-release/core'
import { type Checked, check, startsDeployment } from './check.ts'
import { lettingEnd, otherDeployment } from './concurrency.ts'
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
 * for they change what the service has. A run that would start no deployment waits for nobody: it follows the one that goes on.
 */
export async function makeReady(run: Run, first: Service, soFar: SoFar): Promise<Ready> {
  const { calls, clock, inputs, log } = run
  const begin = clock.now()
  let before = first
  for (;;) {
    const prepared = await log.group('Task definition', () => prepare(run, before))
    const other = startsDeployment(run, before, prepared) ? await otherDeployment(run, before) : undefined
    const checked = await check(run, { before, prepared, other })
    const ready = { before, prepared, checked }
    const waits = inputs.concurrency === 'wait' && !inputs.dryRun && checked.findings.length === 0
    if (other === undefined || !waits) return ready
    if (!(await lettingEnd(run, other, begin + inputs.timeout * 1000))) {
      const finding = deploymentInProgressFinding(other, formatDuration(inputs.timeout))
      return { ...ready, checked: { ...checked, findings: [finding] } }
    }
    before = await calls.service()
    soFar.before = before
  }
}
