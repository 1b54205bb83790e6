import { expect } from 'vitest'
import type { Service, ServiceRevision, Task } from '../../aws/ecs-model.ts'
import { steppingClock } from '../stepping-clock.fixture.ts'
import { aDeployment, aRevision, aService, ours, revisionArn } from '../test-data.fixture.ts'
import type { Proof } from './proof.ts'
import { prove } from './prove.ts'

/** How a proof went. */
export interface Proving {
  proof: Proof
  /** What it waited for, and `trouble` for each transient error. */
  said: string[]
  /** What was asked of the registry. */
  asks: string[]
  /** Milliseconds. */
  waited: number
}

/** Proves against answers that may change from look to look; the last one stays. */
export async function proving(
  looks: (Task[] | Error)[],
  revisions: ServiceRevision[] = [aRevision()],
  services: Service[] = [aService()],
  lists: readonly string[] | 'unknown' = [],
  startingFor = 0,
  requested?: Parameters<typeof prove>[0]['requested'],
): Promise<Proving> {
  const clock = steppingClock(0)
  const said: string[] = []
  const asks: string[] = []
  let asked = 0
  const proof = await prove({
    calls: {
      service: async () => services[Math.min(asked, services.length - 1)] ?? aService(),
      revisions: async (arns) => revisions.filter(({ arn }) => arns.includes(arn)),
      async tasks(desiredStatus) {
        expect(desiredStatus).toBe('RUNNING')
        const answer = looks[Math.min(asked++, looks.length - 1)] ?? []
        if (answer instanceof Error) throw answer
        return answer
      },
    },
    clock,
    deploymentId: ours,
    createdAt: aDeployment().createdAt,
    startingFor,
    requested,
    revisionArn: revisionArn(2),
    taskDefinitionArn: aRevision().taskDefinitionArn,
    asked: {
      definition: { containerDefinitions: [{ name: 'app', image: 'repo:v2' }] },
      named: new Map(),
      inRegistry: new Map(),
    },
    async children(image, digest) {
      asks.push(`${image} ${digest}`)
      if (lists === 'unknown') return { kind: 'unknown', why: 'nobody may ask', remedy: 'Allow it' }
      return { kind: 'listed', digests: lists }
    },
    waiting: (what) => said.push(what),
    trouble: () => said.push('trouble'),
  })
  return { proof, said, asks, waited: clock.now() }
}
