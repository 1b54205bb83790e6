import type { Expectation } from './expected.ts'
import { type Evidence, runningTasks } from './judge.ts'

/** The digests of the images that an index lists; none for anything else. */
export type Children = (image: string, digest: string) => Promise<readonly string[]>

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
