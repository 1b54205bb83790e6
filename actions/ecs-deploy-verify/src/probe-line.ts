import { parseDuration } from '@ecs-release/core/action'

/** What to request after a deployment, and what the answer has to be. */
export interface ProbeLine {
  url: string
  status: number
  /** A member of the JSON body, by RFC 6901 pointer, and the text that its value must have. */
  member: { pointer: string; value: string } | undefined
  /** Milliseconds. */
  timeout: number
}

export const probeForm =
  'URL [status=200] [json:/pointer=value] [timeout=5s], with a URL that begins with http:// or https://'

/** Reads one line of probes; undefined for any other form. */
export function parseProbe(line: string): ProbeLine | undefined {
  const [url = '', ...options] = line.split(/\s+/)
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) return undefined
  let probe: ProbeLine = { url, status: 200, member: undefined, timeout: 5000 }
  for (const option of options) {
    const change = optionOf(option)
    if (change === undefined) return undefined
    probe = { ...probe, ...change }
  }
  return probe
}

function optionOf(option: string): Partial<ProbeLine> | undefined {
  const status = /^status=([1-5]\d\d)$/.exec(option)?.[1]
  if (status !== undefined) return { status: Number(status) }
  const [, pointer, value] = /^json:((?:\/[^=\s]*)+)=(.*)$/.exec(option) ?? []
  if (pointer !== undefined && value !== undefined) return { member: { pointer, value } }
  const timeout = parseDuration(/^timeout=(.+)$/.exec(option)?.[1] ?? '')
  return timeout === undefined || timeout === 0 ? undefined : { timeout: timeout * 1000 }
}
