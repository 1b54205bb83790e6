import { type DockerTests, tellDockerTests } from './tell-docker-tests.ts'

/** What is read here of a test file and its tests. Source: Vitest, "TestModule" and "TestCase". */
interface TestModule {
  children: { allTests(): Iterable<{ fullName: string; result(): { state: string } }> }
}

/** Ends each run of the suite with a line about the tests that need Docker, and fails it on CI when none of them ran. */
export default class DockerTestsReporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap(({ children }) => [...children.allTests()])
    const docker = tests.filter(({ fullName }) => fullName.startsWith('Docker: '))
    const states = docker.map((test) => test.result().state)
    const counts: DockerTests = {
      ran: states.filter((state) => state === 'passed' || state === 'failed').length,
      skipped: states.filter((state) => state === 'skipped').length,
    }
    const { line, fails } = tellDockerTests(counts, process.env.CI === 'true')
    if (line !== undefined) console.log(`\n${line}`)
    if (fails) process.exitCode = 1
  }
}
