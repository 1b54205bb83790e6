/** How many tests whose titles begin with `Docker:` ran, whatever came of it, and how many did not. */
export interface DockerTests {
  ran: number
  skipped: number
}

/** There is nothing to tell of a run without such tests. Why they are skipped has been told before the first test. */
export function tellDockerTests(
  { ran, skipped }: DockerTests,
  onCi: boolean,
): { line: string | undefined; fails: boolean } {
  if (ran + skipped === 0) return { line: undefined, fails: false }
  const fails = onCi && ran === 0
  const rest = skipped === 0 ? '' : `, ${skipped} more were skipped`
  const line = `Tests that touched Docker: ${ran}${rest}${fails ? '; on CI some must run' : ''}`
  return { line, fails }
}
