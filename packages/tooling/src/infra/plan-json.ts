/** The members of Terraform's JSON plan that the tests look at (JSON output format, format_version 1.x). */
interface Module {
  resources?: readonly (Omit<PlannedResource, 'values'> & {
    mode: string
    values?: PlannedResource['values']
  })[]
  child_modules?: readonly Module[]
}

/** One planned resource; what AWS computes is absent from its values. */
export interface PlannedResource {
  address: string
  type: string
  values: Readonly<Record<string, unknown>>
}

/** All managed resources of a plan, those of its modules included. */
export function plannedResources(plan: unknown): PlannedResource[] {
  const { planned_values: planned }: { planned_values?: { root_module?: Module } } = Object(plan)
  return planned?.root_module === undefined ? [] : resourcesOf(planned.root_module)
}

function resourcesOf({ resources = [], child_modules = [] }: Module): PlannedResource[] {
  const managed = resources
    .filter(({ mode }) => mode === 'managed')
    .map(({ address, type, values = {} }) => ({ address, type, values }))
  return [...managed, ...child_modules.flatMap(resourcesOf)]
}

/** What a plan does to each managed resource, by its address: `no-op`, `create`, `update`, `delete,create` and the like. */
export function plannedActions(plan: unknown): Map<string, string> {
  const { resource_changes: changes = [] }: { resource_changes?: readonly Change[] } = Object(plan)
  return new Map(
    changes
      .filter(({ mode }) => mode === 'managed')
      .map(({ address, change }) => [address, change.actions.join()]),
  )
}

interface Change {
  address: string
  mode: string
  change: { actions: readonly string[] }
}

/** The text of a member, such as a policy in JSON. Throws where it is not known before the apply. */
export function textOf({ address, values }: PlannedResource, member: string): string {
  const value = values[member]
  if (typeof value !== 'string') throw new Error(`${address}: ${member} is not known to the plan`)
  return value
}
