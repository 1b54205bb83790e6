/** A workflow command as a line of output gives it. */
export interface Command {
  /** Lower case. */
  name: string
  properties: Readonly<Record<string, string>>
  data: string
}

export const commandNames: ReadonlySet<string> = new Set([
  'set-env',
  'set-output',
  'save-state',
  'add-mask',
  'add-path',
  'add-matcher',
  'remove-matcher',
  'warning',
  'error',
  'notice',
  'debug',
  'group',
  'endgroup',
  'echo',
  'stop-commands',
])

/**
 * Reads `::name key=value,key=value::data` at the start of a line, or else `##[name key=value;key=value]data` anywhere
 * in it. `extra` is one more name that counts, the token that resumes commands. undefined for ordinary output.
 * Source: GitHub Docs, "Workflow commands for GitHub Actions", and the runner's own reading of them.
 */
export function parseCommand(line: string, extra?: string): Command | undefined {
  return [inColons(line), inBrackets(line)].find(
    (command) => command && (commandNames.has(command.name) || command.name === extra?.toLowerCase()),
  )
}

function inColons(line: string): Command | undefined {
  const match = /^\s*::(?<head>.*?)::(?<data>.*)$/s.exec(line)?.groups
  if (!match) return undefined
  return command(match.head, match.data, ',', ['%0D', '%0A', '%3A', '%2C', '%25'], ['%0D', '%0A', '%25'])
}

function inBrackets(line: string): Command | undefined {
  const match = /##\[(?<head>.*?)\](?<data>.*)$/s.exec(line)?.groups
  const codes = ['%3B', '%0D', '%0A', '%5D', '%25']
  return match && command(match.head, match.data, ';', codes, codes)
}

function command(
  head = '',
  data = '',
  separator: string,
  propertyCodes: readonly string[],
  dataCodes: readonly string[],
): Command {
  const [, name = '', rest = ''] = /^([^ ]*) ?(.*)$/s.exec(head) ?? []
  const pairs = rest
    .trim()
    .split(separator)
    .map((pair) => /^([^=]+)=(.+)$/s.exec(pair))
    .filter((match) => match !== null)
    .map(([, key = '', value = '']) => [key.toLowerCase(), decode(value, propertyCodes)] as const)
  return { name: name.toLowerCase(), properties: Object.fromEntries(pairs), data: decode(data, dataCodes) }
}

// The order matters: `%25` comes last, or `%250A` would become a line break.
function decode(text: string, codes: readonly string[]): string {
  return codes.reduce((decoded, code) => decoded.replaceAll(code, decodeURIComponent(code)), text)
}
