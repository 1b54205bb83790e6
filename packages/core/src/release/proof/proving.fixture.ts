import { expect } from 'vitest'
import type { Service, ServiceRevision, Task } from '../../aws/ecs-model.ts'
import { steppingClock } from '../stepping-clock.ts'
import { aDeployment, aRevision, aService, ours, revisionArn } from '../test-data.ts'
import type { Proof } from './proof.ts'
import { prove } from './prove.ts'

export interface Proving {
  proof: Proof
  /** What it waits for, as it was told. */
  said: readonly string[]
  /** The indexes that it asked about. */
  asks: readonly string[]
  /** Milliseconds. */
  waited: number
}

/** Proves against answers that may change from look to look; the last one stays. */
export async function proving(
  looks: (Task[] | Error)[],
  revisions: ServiceRevision[] = [aRevision()],
  services: Service[] = [aService()],
  lists: readonly string[] = [],
  startingFor = 0,
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
    revisionArn: revisionArn(2),
    taskDefinitionArn: aRevision().taskDefinitionArn,
    asked: {
      definition: { containerDefinitions: [{ name: 'app', image: 'repo:v2' }] },
      named: new Map(),
      inRegistry: new Map(),
    },
    async children(image, digest) {
      asks.push(`${image} ${digest}`)
      return lists
    },
    waiting: (what) => said.push(what),
    trouble: () => said.push('trouble'),
  })
  return { proof, said, asks, waited: clock.now() }
}
