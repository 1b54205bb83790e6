import type { ServiceRevision } from '../../aws/ecs-model.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { digestNotProvable } from '../diagnose/texts/proof.ts'
import type { Finding } from '../finding.ts'
import { type Expectation, match } from './expected.ts'
import type { TaskDigests } from './proof.ts'

/** A container of which another digest is reported, and nobody could say whether the expected index lists that. */
export interface Unlisted {
  wanted: Expectation
  /** What is reported of it. */
  actual: string
}

/** The containers that are neither right nor wrong, as far as can be known. */
export function unlisted(
  expected: readonly Expectation[],
  { containerImages }: ServiceRevision,
  tasks: readonly TaskDigests[],
): Unlisted[] {
  return expected.flatMap((wanted) => {
    const { container } = wanted
    const ofRevision = containerImages.find(({ containerName }) => containerName === container)?.digest
    const reported = [ofRevision, ...tasks.map(({ digests }) => digests[container])]
    const actual = reported.find((each) => each !== undefined && match(wanted, each) === 'unknown')
    return wanted.digest === undefined || actual === undefined ? [] : [{ wanted, actual }]
  })
}

export function unlistedFinding({ actual, wanted }: Unlisted): Finding {
  const { children, container, digest = '', image } = wanted
  const { unaskedIndex: text } = digestNotProvable.cases
  const why = children.kind === 'unknown' ? children.why : ''
  const found = finding(digestNotProvable, text, { actual, container, digest, image, why }, [])
  const remedy = children.kind === 'unknown' ? children.remedy : undefined
  return remedy === undefined ? found : { ...found, remedy }
}
