import { type Expectation, type Log, probeFault, settle, shownUrl } from '@ecs-release/core'
import type { Run } from './run.ts'

/** What became of one line of the input probes. */
export interface Probed {
  /** Without what may be secret in it. */
  url: string
  tries: number
  /** A sentence; undefined when the right answers came. */
  fault: string | undefined
}

type Asking = Pick<Run, 'clock' | 'logbook' | 'signal'> & {
  log: Pick<Log, 'group' | 'info'>
}

/** Requests all URLs at the same time, as users would. */
export async function probeAll(run: Asking, expected: readonly Expectation[]): Promise<Probed[]> {
  const { log, logbook } = run
  if (expected.length === 0) return []
  return log.group('Probes', async () => {
    const probed = await Promise.all(expected.map((each) => probeOne(run, each)))
    for (const { fault, tries, url } of probed) {
      const text = fault ?? `${url} gave the right answer three times in a row, after ${tries} tries`
      log.info(text)
      logbook.note(text)
    }
    return probed
  })
}

async function probeOne(
  { clock, signal }: Pick<Run, 'clock' | 'signal'>,
  expected: Expectation,
): Promise<Probed> {
  const settled = await settle(expected, { clock, signal })
  const url = shownUrl(expected.url)
  return { url, tries: settled.tries, fault: settled.kind === 'well' ? undefined : probeFault(url, settled) }
}
