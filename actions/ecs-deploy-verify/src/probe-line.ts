import type { Expectation } from '@ecs-release/core'
import { type Kind, parseDuration } from '@ecs-release/core/action'

/**
 * A line of probes: `URL [status=200] [json:/pointer=value] [timeout=5s]`. A problem names the part that is wrong. It never quotes
 * the URL, nor the value that a member must have: a password or a token may be in them.
 */
export const probeLine: Kind<Expectation> = {
  parse(line) {
    const [url = '', ...options] = line.split(/\s+/)
    const read = options.map(optionOf)
    const problems = [
      ...(/^https?:\/\//.test(url) && URL.canParse(url) ? [] : [urlProblem]),
      ...read.filter((each) => typeof each === 'string'),
    ]
    if (problems.length > 0) return { kind: 'problems', problems }
    let value: Expectation = { url, status: 200, member: undefined, timeout: 5000 }
    for (const each of read) if (typeof each !== 'string') value = { ...value, ...each }
    return { kind: 'value', value }
  },
}

const urlProblem = 'expected a line that begins with a URL, which begins with http:// or https://'

/** What an option says, or what is wrong with it. */
function optionOf(option: string): Partial<Expectation> | string {
  const [, name, value = ''] = /^(status|timeout)=(.*)$/.exec(option) ?? []
  if (name === 'status') {
    return /^[1-5]\d\d$/.test(value)
      ? { status: Number(value) }
      : `${shown(option)}: expected a number from 100 to 599`
  }
  if (name === 'timeout') {
    const timeout = parseDuration(value)
    return timeout === undefined || timeout === 0
      ? `${shown(option)}: expected a duration such as 5s, of 1s or more`
      : { timeout: timeout * 1000 }
  }
  if (option.startsWith('json:')) return memberOf(option)
  return 'expected nothing but status=200, json:/pointer=value and timeout=5s behind the URL, with blanks between them and none inside'
}

function memberOf(option: string): Partial<Expectation> | string {
  const [, pointer, value] = /^json:((?:\/[^=\s]*)+)=(.*)$/.exec(option) ?? []
  if (pointer !== undefined && value !== undefined) return { member: { pointer, value } }
  const [before = ''] = option.split('=')
  return `${shown(before)}: expected a pointer that begins with a slash and the value, as in json:/version=v2`
}

function shown(option: string): string {
  return option.length > 40 ? `${option.slice(0, 40)}…` : option
}
