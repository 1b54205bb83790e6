import type { Environment } from '../action/spec.ts'

/** What most programs need to find their files, the network and the user's language. */
export const ORDINARY: readonly string[] = [
  'PATH',
  'HOME',
  'USER',
  'LOGNAME',
  'SHELL',
  'TERM',
  'LANG',
  'LC_*',
  'TZ',
  'TMPDIR',
  'XDG_*',
  'SSH_AUTH_SOCK',
  'SSL_CERT_*',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'ALL_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'all_proxy',
]

/**
 * The variables that a child process is meant to see: inputs of the step, tokens of the job and credentials are not among them
 * unless they are named. A name may end in `*`.
 */
export function allowed(env: Environment, names: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && names.some((pattern) => matches(pattern, name))) found[name] = value
  }
  return found
}

function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern
}
