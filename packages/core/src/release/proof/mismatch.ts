import type { ServiceRevision } from '../../aws/ecs-model.ts'
import { finding } from '../diagnose/texts/finding-text.ts'
import { digestMismatch as text } from '../diagnose/texts/proof.ts'
import type { Finding } from '../finding.ts'
import { type Expectation, match } from './expected.ts'
import type { TaskDigests } from './proof.ts'

/** What runs that should not: another digest than the expected one, in the service revision or in a task. */
export function wrongDigest(
  expected: readonly Expectation[],
  revision: ServiceRevision,
  tasks: readonly TaskDigests[],
): Finding | undefined {
  const wrong = [...wrongInRevision(expected, revision), ...wrongInTasks(expected, tasks)]
  const [first] = wrong
  return first && { ...first, evidence: wrong.map(({ cause }) => cause) }
}

/** The service revision of the deployment is for another task definition. */
export function wrongDefinition({ arn, taskDefinitionArn }: ServiceRevision, expected: string): Finding {
  return finding(text, text.cases.definition, { actual: taskDefinitionArn, expected }, [arn])
}

function wrongInRevision(expected: readonly Expectation[], { containerImages }: ServiceRevision): Finding[] {
  const { revision, revisionOfTag } = text.cases
  return containerImages.flatMap(({ containerName: container, digest: actual }) => {
    const wanted = expected.find((each) => each.container === container)
    if (wanted?.digest === undefined || actual === undefined || match(wanted, actual) !== 'wrong') return []
    const values = { actual, container, expected: wanted.digest, image: wanted.image }
    return finding(text, wanted.source === 'registry' ? revisionOfTag : revision, values, [])
  })
}

function wrongInTasks(expected: readonly Expectation[], tasks: readonly TaskDigests[]): Finding[] {
  const { task: named, taskOfTag } = text.cases
  return expected.flatMap((wanted) =>
    tasks.flatMap(({ digests, task }) => {
      const actual = digests[wanted.container]
      if (wanted.digest === undefined || actual === undefined || match(wanted, actual) !== 'wrong') return []
      const { container, digest, image, source } = wanted
      const values = { task, actual, container, expected: digest, image }
      return finding(text, source === 'registry' ? taskOfTag : named, values, [])
    }),
  )
}
