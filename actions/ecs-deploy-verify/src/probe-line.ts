import type { Expectation } from '@ecs-release/core'
import { parseDuration } from '@ecs-release/core/action'

export const probeForm =
  'URL [status=200] [json:/pointer=value] [timeout=5s], with a URL that begins with http:// or https://'

/** Reads one line of probes; undefined for any other form. */
export function parseProbe(line: string): Expectation | undefined {
  const [url = '', ...options] = line.split(/\s+/)
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return undefined
  let probe: Expectation = { url, status: 200, member: undefined, timeout: 5000 }
  for (const option of options) {
    const change = optionOf(option)
    if (change === undefined) return undefined
    probe = { ...probe, ...change }
  }
  return probe
}

function optionOf(option: string): Partial<Expectation> | undefined {
  const status = /^status=([1-5]\d\d)$/.exec(option)?.[1]
  if (status !== undefined) return { status: Number(status) }
  const [, pointer, value] = /^json:((?:\/[^=\s]*)+)=(.*)$/.exec(option) ?? []
  if (pointer !== undefined && value !== undefined) return { member: { pointer, value } }
  const timeout = parseDuration(/^timeout=(.+)$/.exec(option)?.[1] ?? '')
  return timeout === undefined || timeout === 0 ? undefined : { timeout: timeout * 1000 }
}
