import { type DockerTests, tellDockerTests } from './tell-docker-tests.ts'

/** What is read here of a test file and its tests. Source: Vitest, "TestModule" and "TestCase". */
interface TestModule {
  children: { allTests(): Iterable<{ fullName: string; result(): { state: string } }> }
}

/** Ends each run of the suite with a line about the tests that need Docker, and fails it on CI when none of them ran. */
export default class DockerTestsReporter {
  async onTestRunEnd(modules: readonly TestModule[]): Promise<void> {
    const tests = modules.flatMap(({ children }) => [...children.allTests()])
    const docker = tests.filter(({ fullName }) => fullName.startsWith('Docker: '))
    const states = docker.map((test) => test.result().state)
    const counts: DockerTests = {
      ran: states.filter((state) => state === 'passed' || state === 'failed').length,
      leftOut: states.filter((state) => state === 'skipped').length,
    }
    const { line, fails } = tellDockerTests(counts, await whyLeftOut(counts), process.env.CI === 'true')
    if (line !== undefined) console.log(`\n${line}`)
    if (fails) process.exitCode = 1
  }
}

async function whyLeftOut({ leftOut }: DockerTests): Promise<string | undefined> {
  if (leftOut === 0) return undefined
  const { withoutDocker } = await import('@ecs-release/testbed')
  return withoutDocker()
}
