/** An input or output, as action.yml and a workflow write them. */
export interface Described {
  description?: unknown
}

/**
 * Every input and output has a description that the generator of the docs, which escapes nothing, can put in a table: what is wrong with
 * those of `kinds`, of which two may hold the same name.
 */
export function described(...kinds: readonly (Readonly<Record<string, Described>> | undefined)[]): string[] {
  return kinds.flatMap((entries = {}) =>
    Object.entries(entries).flatMap(([name, entry]) => {
      const description = entry?.description
      if (typeof description !== 'string' || description.trim() === '') return [`${name} has no description`]
      if (/[|<>]|\n./.test(description))
        return [`the description of ${name} holds |, <, > or a line break, which break the generated table`]
      return /_/.test(description.replaceAll(/`[^`]*`/g, ''))
        ? [
            `put the name with underscores in the description of ${name} into backticks, or it is set in italics`,
          ]
        : []
    }),
  )
}
