import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { JsonObject, JsonValue } from '../wire/json.ts'

/** A JavaScript action as action.yml declares it. */
export interface ActionFile {
  name: string
  /** By name as written; the default's text before its expressions are evaluated. */
  inputs: ReadonlyMap<string, DeclaredInput>
  main: string
  pre: string | undefined
  post: string | undefined
  preIf: string
  postIf: string
}

export interface DeclaredInput {
  default: string
  deprecationMessage: string | undefined
}

/** Reads action.yml (or .yaml) in that directory. Throws when it is missing or no JavaScript action. */
export function readActionFile(directory: string): ActionFile {
  const document = object(parse(textOf(directory)))
  const runs = object(document.runs)
  const using = optional(runs.using) ?? ''
  const main = optional(runs.main)
  if (!/^node\d+$/.test(using) || main === undefined) {
    throw new Error(`${directory} is no JavaScript action: it runs using ${using || 'nothing'}`)
  }
  const inputs = Object.entries(object(document.inputs)).map(([name, value]) => {
    const { default: given, deprecationMessage } = object(value)
    return [name, { default: scalar(given), deprecationMessage: optional(deprecationMessage) }] as const
  })
  return {
    name: optional(document.name) ?? '',
    inputs: new Map(inputs),
    main,
    pre: optional(runs.pre),
    post: optional(runs.post),
    preIf: optional(runs['pre-if']) ?? 'always()',
    postIf: optional(runs['post-if']) ?? 'always()',
  }
}

/** A scalar of a workflow file as the action gets it: `true` for every spelling of it, numbers with 15 digits. */
export function scalar(value: JsonValue | undefined): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(15)))
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : ''
}

function textOf(directory: string): string {
  try {
    return readFileSync(join(directory, 'action.yml'), 'utf8')
  } catch {
    return readFileSync(join(directory, 'action.yaml'), 'utf8')
  }
}

function object(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function optional(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
