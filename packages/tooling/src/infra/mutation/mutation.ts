import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import { variableFiles } from '../places.ts'

/** One change of a stack or module that its tests have to notice. */
export interface Mutation {
  /** The file in its folder, such as `service.tf`. */
  file: string
  /** Text that is there exactly once. */
  from: string
  to: string
  /** The messages of all assertions that fail then, and of no others. */
  fails: readonly string[]
}

/** The table of a stack or module, by its path in example-infra. */
export function mutationsOf(place: string): Mutation[] {
  return parse(readFileSync(join(import.meta.dirname, `${basename(place)}.yaml`), 'utf8'))
}

/** Whether a copy still holds the text of a change, which another change may have taken. */
export function applies(folder: string, { file, from }: Mutation): boolean {
  return readFileSync(join(folder, file), 'utf8').split(from).length === 2
}

/** Makes the change in a copy. Throws when the text is not there, or more than once: the table is then out of date. */
export function mutate(folder: string, { file, from, to }: Mutation): void {
  const path = join(folder, file)
  const parts = readFileSync(path, 'utf8').split(from)
  if (parts.length !== 2)
    throw new Error(`${path} holds ${JSON.stringify(from)} ${parts.length - 1} times, expected once`)
  writeFileSync(path, parts.join(to))
}

/** Lets every validation of the variables pass, whatever the value. */
export function withoutValidation(folder: string): void {
  for (const file of variableFiles(folder)) open(join(folder, file))
}

function open(path: string): void {
  let current = ''
  // A condition has to refer to its variable, and may span lines within brackets; what follows it is the message.
  const text = readFileSync(path, 'utf8').replace(
    /(variable "(\w+)" \{)|^ +condition\s+= [\s\S]*?(?=\n +error_message)/gm,
    (whole, head?: string, name?: string) => {
      if (head !== undefined) {
        current = name ?? ''
        return whole
      }
      return `    condition = var.${current} == null || true`
    },
  )
  writeFileSync(path, text)
}
