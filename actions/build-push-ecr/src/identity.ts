import { createHash } from 'node:crypto'

/** What decides how an image of one commit turns out. */
export interface BuildInputs {
  context: string
  file: string | undefined
  target: string | undefined
  platforms: readonly string[] | undefined
  /** `NAME=VALUE` each. */
  buildArgs: readonly string[] | undefined
}

/** The full commit. Source: OCI image specification, "Pre-Defined Annotation Keys". */
export const REVISION = 'org.opencontainers.image.revision'
/** Hashes of what an image was built from, by part. */
export const INPUTS = 'ecs-release-actions.build-inputs'

/** The labels by which a later run recognises the image as its own. They hold hashes only, never the value of a build argument. */
export function identityLabels(commit: string | undefined, inputs: BuildInputs): Record<string, string> {
  return { ...(commit === undefined ? {} : { [REVISION]: commit }), [INPUTS]: fingerprint(inputs) }
}

/** What the labels of a stored image say otherwise, in words; empty when it is the same image. */
export function differences(
  wanted: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): string[] {
  const differing: string[] = []
  const commit = found[REVISION]
  if (commit !== wanted[REVISION])
    differing.push(`its commit is ${commit ?? 'not known'}, not ${wanted[REVISION] ?? 'known'}`)
  const [theirs, ours] = [parts(found[INPUTS]), parts(wanted[INPUTS])]
  if (theirs.size === 0) differing.push('it was not built by this action')
  else for (const [part, hash] of ours) if (theirs.get(part) !== hash) differing.push(`another ${part}`)
  return differing
}

function fingerprint({ context, file, target, platforms = [], buildArgs = [] }: BuildInputs): string {
  const hashes: Record<string, string> = {
    context: hash([context]),
    file: hash(file === undefined ? [] : [file]),
    target: hash(target === undefined ? [] : [target]),
    platforms: hash(platforms.toSorted()),
    'build-args': hash(buildArgs.toSorted()),
  }
  return Object.entries(hashes)
    .map(([part, text]) => `${part}:${text}`)
    .join(' ')
}

function hash(values: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16)
}

function parts(label: string | undefined): Map<string, string> {
  const pairs = (label ?? '').split(' ').map((pair) => pair.split(':'))
  return new Map(
    pairs.flatMap(([part, text]) => (part === undefined || text === undefined ? [] : [[part, text]])),
  )
}
