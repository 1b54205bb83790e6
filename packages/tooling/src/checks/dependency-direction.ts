import type { Problem } from './problem.ts'

/** One source file: its path from the root, with forward slashes, and its text. */
export interface SourceFile {
  path: string
  text: string
}

type Part =
  | { kind: 'core' }
  | { kind: 'testbed' }
  | { kind: 'tooling' }
  | { kind: 'app' }
  | { kind: 'action'; name: string }

/** Which part of the repository a path or a package name belongs to; undefined for what is not ours. */
function partOf(path: string): Part | undefined {
  const action = /^actions\/([^/]+)\//.exec(`${path}/`)?.[1]
  if (action !== undefined) return { kind: 'action', name: action }
  if (/^packages\/core(\/|$)/.test(path)) return { kind: 'core' }
  if (/^packages\/testbed(\/|$)/.test(path)) return { kind: 'testbed' }
  if (/^packages\/tooling(\/|$)/.test(path)) return { kind: 'tooling' }
  if (/^example-app(\/|$)/.test(path)) return { kind: 'app' }
  return undefined
}

function partOfSpecifier(from: string, specifier: string): Part | undefined {
  const name = /^@ecs-release\/([^/]+)/.exec(specifier)?.[1]
  if (name === 'core' || name === 'testbed' || name === 'tooling') return { kind: name }
  if (name === 'example-app') return { kind: 'app' }
  if (name !== undefined) return { kind: 'action', name }
  if (!specifier.startsWith('.')) return undefined
  return partOf(new URL(specifier, `file:///${from}`).pathname.slice(1))
}

/** Dependencies point one way: actions → core. Nothing that ships imports the testbed, and the testbed imports nothing of ours. */
function allowed(from: Part, to: Part, isTest: boolean): boolean {
  if (from.kind === to.kind) return from.kind !== 'action' || (to.kind === 'action' && from.name === to.name)
  if (isTest && to.kind === 'testbed') return true
  if (from.kind === 'action') return to.kind === 'core'
  if (from.kind === 'tooling') return isTest || to.kind !== 'action'
  return false
}

/** A test, or what only tests use. */
export const isTest = (path: string): boolean => /\.(test|fixture)\.ts$/.test(path)

const name = (part: Part): string => (part.kind === 'action' ? `actions/${part.name}` : part.kind)

/** Imports that point the wrong way. */
export function dependencyDirection(files: readonly SourceFile[]): Problem[] {
  return files.flatMap(({ path, text }) => {
    const from = partOf(path)
    if (from === undefined) return []
    return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].flatMap((match) => {
      const to = partOfSpecifier(path, match[1] ?? '')
      if (to === undefined || allowed(from, to, isTest(path))) return []
      const line = text.slice(0, match.index).split('\n').length
      return [
        {
          file: path,
          line,
          message: `${name(from)} must not import ${name(to)} (dependencies point actions → core)`,
        },
      ]
    })
  })
}
