import { createHash } from 'node:crypto'

/** What decides how an image of one commit turns out. */
export interface BuildInputs {
  context: string
  /** What it says, or the path of one that the builder fetches. */
  dockerfile: readonly string[]
  target: string | undefined
  platforms: readonly string[] | undefined
  /** `NAME=VALUE` each, those that were given by name alone too. */
  buildArgs: readonly string[] | undefined
  extraArgs: readonly string[] | undefined
}

/** The commits that an image is known by. */
export interface Commits {
  /** What the tags name: for a pull request its head. */
  named: string | undefined
  /** What the files are of: for a pull request GitHub checks out its merge with the base. */
  checkedOut: string | undefined
}

/** The full commit that the tags name. Source: OCI image specification, "Pre-Defined Annotation Keys". */
export const REVISION = 'org.opencontainers.image.revision'
/** The full commit whose files were built. */
export const CHECKED_OUT = 'ecs-release-actions.checked-out'
/** Hashes of what an image was built from, by part. */
export const INPUTS = 'ecs-release-actions.build-inputs'

/** The labels by which a later run recognises the image as its own. They hold hashes only, never the value of a build argument. */
export function identityLabels({ named, checkedOut }: Commits, inputs: BuildInputs): Record<string, string> {
  return {
    ...(named === undefined ? {} : { [REVISION]: named }),
    ...(checkedOut === undefined ? {} : { [CHECKED_OUT]: checkedOut }),
    [INPUTS]: fingerprint(inputs),
  }
}

/** The image was built from other files than those of this checkout, for a commit of the same name. */
export function isOtherCheckout(
  wanted: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): boolean {
  return found[REVISION] === wanted[REVISION] && found[CHECKED_OUT] !== wanted[CHECKED_OUT]
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
  const checkout = found[CHECKED_OUT]
  if (isOtherCheckout(wanted, found)) {
    const here = wanted[CHECKED_OUT] ?? 'of no known commit'
    differing.push(
      `it was built from the checkout ${checkout ?? 'of no known commit'}, and this one is ${here}`,
    )
  }
  const [theirs, ours] = [parts(found[INPUTS]), parts(wanted[INPUTS])]
  if (theirs.size === 0) differing.push('it was not built by this action')
  else for (const [part, hash] of ours) if (theirs.get(part) !== hash) differing.push(`another ${part}`)
  return differing
}

function fingerprint(inputs: BuildInputs): string {
  const { context, dockerfile, target, platforms = [], buildArgs = [], extraArgs = [] } = inputs
  const hashes: Record<string, string> = {
    context: hash([context]),
    Dockerfile: hash(dockerfile),
    target: hash(target === undefined ? [] : [target]),
    platforms: hash(platforms.toSorted()),
    'build-args': hash(buildArgs.toSorted()),
    'extra-args': hash(extraArgs),
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
