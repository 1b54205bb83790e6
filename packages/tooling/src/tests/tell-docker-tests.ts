/** How many tests whose titles begin with `Docker:` ran, whatever came of it, and how many did not. */
export interface DockerTests {
  ran: number
  leftOut: number
}

/** `why` is what this machine lacks; undefined where an engine answers. There is nothing to tell of a run without such tests. */
export function tellDockerTests(
  { ran, leftOut }: DockerTests,
  why: string | undefined,
  onCi: boolean,
): { line: string | undefined; fails: boolean } {
  if (ran + leftOut === 0) return { line: undefined, fails: false }
  const fails = onCi && ran === 0
  const skipped = leftOut === 0 ? '' : `, ${leftOut} were left out${why === undefined ? '' : `: ${why}`}`
  const line = `Docker: ${ran} tests touched Docker${skipped}${fails ? '. On CI some must.' : ''}`
  return { line, fails }
}
