import type { ServiceRevision } from '../../aws/ecs-model.ts'
import type { Finding } from '../finding.ts'
import { type Expectation, meets } from './expected.ts'
import type { DigestSource, TaskDigests } from './proof.ts'

/** What runs that should not: another digest than the expected one, in the service revision or in a task. */
export function wrongDigest(
  expected: readonly Expectation[],
  revision: ServiceRevision,
  tasks: readonly TaskDigests[],
): Finding | undefined {
  const wrong = [...wrongInRevision(expected, revision), ...wrongInTasks(expected, tasks)]
  const [first] = wrong
  if (first === undefined) return undefined
  return mismatch(
    first.cause,
    wrong.map(({ cause }) => cause),
    first.source,
  )
}

export function mismatch(cause: string, evidence: readonly string[], source?: DigestSource): Finding {
  return { code: 'digest-mismatch', cause, remedy: source === 'registry' ? movedTag : otherDigest, evidence }
}

interface Wrong {
  cause: string
  source: DigestSource
}

function wrongInRevision(expected: readonly Expectation[], { containerImages }: ServiceRevision): Wrong[] {
  return containerImages.flatMap(({ containerName, digest }) => {
    const wanted = expected.find(({ container }) => container === containerName)
    if (wanted?.digest === undefined || digest === undefined || meets(wanted, digest)) return []
    const cause = `the service revision has ${digest} for container ${containerName}, ${but(wanted)}`
    return [{ cause, source: wanted.source }]
  })
}

function wrongInTasks(expected: readonly Expectation[], tasks: readonly TaskDigests[]): Wrong[] {
  return expected.flatMap((wanted) =>
    tasks.flatMap(({ task, digests }) => {
      const actual = digests[wanted.container]
      if (wanted.digest === undefined || actual === undefined || meets(wanted, actual)) return []
      const cause = `task ${task} runs ${actual} in container ${wanted.container}, ${but(wanted)}`
      return [{ cause, source: wanted.source }]
    }),
  )
}

function but({ digest, image, source }: Expectation): string {
  return source === 'registry' ? `and ${image} names ${digest} in Amazon ECR` : `not ${digest}`
}

const movedTag =
  'The tag was moved after Amazon ECS had resolved it: set force-new-deployment so that it is resolved anew, or give the image by digest (repository@sha256:…).'

const otherDigest =
  'Something else than what was asked for is running. Look who pushed or deployed at the same time. When the image is an index of several platforms, let the role call ecr:BatchGetImage on its repository, or give the digest that ECS reports.'
