/** Keeps what the steps of a build wrote last. Others go on writing for a while after one has failed, so each has its own. */
export interface StepOutput {
  line(text: string): void
  /** Of the step whose command failed, the last at the end. */
  ofFailed(): readonly string[]
}

const KEPT = 20

export function stepOutput(): StepOutput {
  const written = new Map<string, string[]>()
  let failed: string | undefined
  return {
    line(text) {
      const [, step, said] = /^#(\d+) (.*)$/.exec(text) ?? []
      if (step === undefined || said === undefined) return
      if (said.startsWith('ERROR: process ')) failed = step
      // `0.408 text`: the seconds since the step began.
      const output = /^\d+\.\d+ (.*)$/.exec(said)?.[1]
      if (output === undefined) return
      const lines = written.get(step) ?? []
      lines.push(output)
      if (lines.length > KEPT) lines.shift()
      written.set(step, lines)
    },
    ofFailed: () => (failed === undefined ? [] : (written.get(failed) ?? [])),
  }
}
