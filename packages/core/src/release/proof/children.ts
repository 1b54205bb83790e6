import type { Listed } from '../preflight/ecr-images.ts'
import type { Expectation } from './expected.ts'
import { type Evidence, runningTasks } from './judge.ts'

/** Finds out what the index of a digest lists. A transient error is thrown: the look is made again. */
export type Children = (image: string, digest: string) => Promise<Listed>

/**
 * The expectations with their children, which are asked for only where something else than the expected digest is reported:
 * of an index, Amazon ECS may report the image of the task's platform.
 */
export function withChildren(
  { expected, revision, ...evidence }: Evidence,
  children: Children,
): Promise<Expectation[]> {
  const tasks = runningTasks(evidence)
  return Promise.all(
    expected.map(async (each) => {
      const { container, digest, image } = each
      const reported = [
        ...revision.containerImages.filter(({ containerName }) => containerName === container),
        ...tasks.flatMap(({ containers }) =>
          containers
            .filter(({ name }) => name === container)
            .map(({ imageDigest }) => ({ digest: imageDigest })),
        ),
      ]
      const differs = reported.some((one) => one.digest !== undefined && one.digest !== digest)
      return digest === undefined || !differs ? each : { ...each, children: await children(image, digest) }
    }),
  )
}
