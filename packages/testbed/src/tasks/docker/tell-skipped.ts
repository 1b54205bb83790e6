import { withoutDocker } from './has-docker.ts'

/** Run once before all tests: says why those that need Docker are skipped on this machine. */
export default async function tellSkipped(): Promise<void> {
  const missing = await withoutDocker()
  if (missing !== undefined) console.log(`Tests whose titles begin with "Docker:" are skipped: ${missing}`)
}
