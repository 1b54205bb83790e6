/** The stages of a Dockerfile, in their order; one without a name is known by its number. */
export interface Stages {
  count: number
  names: readonly string[]
}

/**
 * Reads the FROM lines. undefined for a file that another frontend than Docker's reads, of which nothing is known.
 * Source: Docker, "Dockerfile reference": parser directives, FROM.
 */
export function stagesOf(dockerfile: string): Stages | undefined {
  const syntax = /^\s*#\s*syntax\s*=\s*(\S+)/i.exec(dockerfile)?.[1]
  if (syntax !== undefined && !/(^|\/)docker\/dockerfile([:@]|$)/.test(syntax)) return undefined
  const continued = /^\s*#\s*escape\s*=\s*`/im.test(dockerfile) ? /`[ \t]*\r?\n/g : /\\[ \t]*\r?\n/g
  const instructions = dockerfile
    .replace(/^[ \t]*#.*\n/gm, '')
    .replace(continued, ' ')
    .split('\n')
  const froms = instructions.filter((line) => /^\s*FROM\s/i.test(line))
  const names = froms.flatMap((line) => /\sAS\s+(\S+)\s*$/i.exec(line)?.[1] ?? [])
  return { count: froms.length, names }
}

/** By its name in any case, or by its number. */
export function hasStage({ count, names }: Stages, target: string): boolean {
  if (/^\d+$/.test(target)) return Number(target) < count
  return names.some((name) => name.toLowerCase() === target.toLowerCase())
}
