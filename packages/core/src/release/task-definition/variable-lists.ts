import { ActionError } from '../../action/action-error.ts'
import { isJsonObjectList, type JsonObject } from '../../aws/json.ts'
import { textOf } from './document.ts'

/** Either an environment variable in clear, or one whose value ECS takes from Secrets Manager or Systems Manager. */
export type VariableKind = 'variable' | 'secret'

/** A container definition after one edit, and what the edit did to it. */
export interface AppliedEdit {
  container: JsonObject
  change: 'added' | 'changed' | 'unchanged' | 'removed' | 'absent' | 'moved'
}

interface Member {
  list: 'environment' | 'secrets'
  value: 'value' | 'valueFrom'
}

const members: Readonly<Record<VariableKind, Member>> = {
  variable: { list: 'environment', value: 'value' },
  secret: { list: 'secrets', value: 'valueFrom' },
}

/**
 * Sets or removes one entry of a container definition; members of the entry that nobody knows stay. The other list loses an entry
 * of the name that is set, as RegisterTaskDefinition refuses a secret whose name an environment variable has.
 */
export function applied(
  container: JsonObject,
  { kind, name, value }: { kind: VariableKind; name: string; value: string | undefined },
): AppliedEdit {
  const own = members[kind]
  const old = entriesOf(container, own).filter((entry) => entry.name === name)
  if (value === undefined) {
    if (old.length === 0) return { container, change: 'absent' }
    return { container: without(container, own, name), change: 'removed' }
  }
  const other = members[kind === 'secret' ? 'variable' : 'secret']
  const isMove = entriesOf(container, other).some((entry) => entry.name === name)
  const rest = isMove ? without(container, other, name) : container
  const edited = withEntry(rest, own, { name, [own.value]: value })
  if (isMove) return { container: edited, change: 'moved' }
  if (old.length === 0) return { container: edited, change: 'added' }
  const same = old.length === 1 && old[0]?.[own.value] === value
  return { container: edited, change: same ? 'unchanged' : 'changed' }
}

function entriesOf(container: JsonObject, { list, value }: Member): readonly JsonObject[] {
  const entries = container[list] ?? []
  if (isJsonObjectList(entries)) return entries
  throw new ActionError(
    'file',
    `the task definition has "${list}" of container "${textOf(container, 'name') ?? ''}" in a form that Amazon ECS does not take`,
    { hint: `It has to be a list of objects with "name" and "${value}".` },
  )
}

function without(container: JsonObject, member: Member, name: string): JsonObject {
  return {
    ...container,
    [member.list]: entriesOf(container, member).filter((entry) => entry.name !== name),
  }
}

/** In the place of the old entry, or at the end. A name that stands twice in the list stands there once afterwards. */
function withEntry(container: JsonObject, member: Member, entry: JsonObject): JsonObject {
  const entries = entriesOf(container, member)
  const place = entries.findIndex(({ name }) => name === entry.name)
  if (place === -1) return { ...container, [member.list]: [...entries, entry] }
  const kept = entries.flatMap((each, index) => {
    if (index === place) return [{ ...each, ...entry }]
    return each.name === entry.name ? [] : [each]
  })
  return { ...container, [member.list]: kept }
}
