import { withoutContainerdStore, withoutDocker } from './has-docker.ts'

/** Run once before all tests: says why those that need Docker, or what not every engine can do, are skipped on this machine. */
export default async function tellSkipped(): Promise<void> {
  const missing = await withoutDocker()
  if (missing !== undefined)
    return console.log(`Tests whose titles begin with "Docker:" are skipped: ${missing}`)
  const incomplete = await withoutContainerdStore()
  if (incomplete !== undefined)
    console.log(`Tests of what only the containerd image store can do are skipped: ${incomplete}`)
}
