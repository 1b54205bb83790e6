import { isJsonObject, type JsonValue } from '../aws/json.ts'
import type { Look } from './probe.ts'

/** What a right answer is. */
export interface Expectation {
  url: string
  status: number
  /** A member of the JSON body, by RFC 6901 pointer such as `/version`, and the text that its value must have. */
  member: { pointer: string; value: string } | undefined
  /** Milliseconds for the whole answer. */
  timeout: number
}

const LONGEST_SHOWN = 80

/** What is wrong with an answer, to follow the URL in a sentence; undefined when it is right. */
export function faultOf(look: Look, { member, status, timeout }: Expectation): string | undefined {
  switch (look.kind) {
    case 'no-connection':
      return `did not answer (${look.reason})`
    case 'timed-out':
      return `did not answer within ${timeout / 1000} s`
    case 'answered':
      if (look.status !== status) return `answered ${look.status}, not ${status}`
      return member === undefined ? undefined : wrongMember(look.body, member)
  }
}

/** A URL as it may be shown: a query or a password in it can be a secret. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

function wrongMember(
  body: string,
  { pointer, value }: { pointer: string; value: string },
): string | undefined {
  const document = parsed(body)
  if (document === undefined) return `answered with a body that is no JSON, where ${pointer} should be`
  const found = at(document, pointer)
  if (found === undefined) return `answered without ${pointer} in its JSON`
  const written = typeof found === 'string' ? found : JSON.stringify(found)
  return written === value ? undefined : `has ${shortened(written)} at ${pointer}, not ${shortened(value)}`
}

/** Source: RFC 6901: `~1` is a slash in a name, `~0` a tilde. */
function at(document: JsonValue, pointer: string): JsonValue | undefined {
  const names = pointer
    .slice(1)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
  return names.reduce<JsonValue | undefined>((value, name) => {
    if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(name) ? value[Number(name)] : undefined
    return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  }, document)
}

function parsed(body: string): JsonValue | undefined {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function shortened(text: string): string {
  return JSON.stringify(text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text)
}
