import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The root of this repository, whichever folder a script was started in. */
export const root: string = resolve(import.meta.dirname, '../../..')

/** The names of the actions: the folders below actions/ that hold an action.yml. */
export function actionNames(from: string = root): string[] {
  return readdirSync(join(from, 'actions'), { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && readdirSync(join(from, 'actions', entry.name)).includes('action.yml'),
    )
    .map((entry) => entry.name)
    .sort()
}

/** The names, without `.yml`, of the workflows that others can call. */
export function reusableWorkflows(from: string = root): string[] {
  const folder = join(from, '.github/workflows')
  return readdirSync(folder)
    .filter((name) => /^ {2}workflow_call:/m.test(readFileSync(join(folder, name), 'utf8')))
    .map((name) => name.replace(/\.yml$/, ''))
    .sort()
}

/** All files below a folder, as paths relative to it with forward slashes; generated and installed folders are left out. */
export function sourceFiles(
  folder: string,
  leaveOut: readonly string[] = ['node_modules', 'build', 'dist'],
): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) {
      if (leaveOut.includes(entry.name)) return []
      return sourceFiles(join(folder, entry.name), leaveOut).map((file) => `${entry.name}/${file}`)
    }
    return [entry.name]
  })
}
