import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repository.ts'

/** The stacks in the order of first use. */
export const stacks = ['backend', 'registry', 'network', 'service'] as const

/** The environments of the stacks that have one state for each. */
export const environments = ['dev', 'staging', 'prod'] as const

/** Every folder with a configuration of its own, as a path in example-infra. */
export const places: string[] = ['stacks', 'modules'].flatMap((kind) =>
  readdirSync(join(root, 'example-infra', kind)).map((name) => `${kind}/${name}`),
)

/** The files of a folder that declare its variables. */
export function variableFiles(folder: string): string[] {
  return readdirSync(folder).filter((file) => /^variables(-\w+)?\.tf$/.test(file))
}
