/** One finished test, as vitest tells a reporter. */
interface Finished {
  fullName: string
  result(): { state: string; errors?: readonly { message: string; diff?: string }[] }
  diagnostic(): { duration: number } | undefined
}

/** Prints a line as each test ends: a file takes minutes here, after which vitest itself would print it. */
export const progress: { onTestCaseResult(test: Finished): void } = {
  onTestCaseResult(test) {
    const { state, errors = [] } = test.result()
    const seconds = ((test.diagnostic()?.duration ?? 0) / 1000).toFixed(1)
    console.log(`${state} ${seconds} s  ${test.fullName}`)
    for (const { message, diff } of errors) console.log(diff ?? message)
  },
}
