import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../repository.ts'
import { suite } from '../suite.ts'

/**
 * Unpacks what GitHub ships of the working tree: the archive of a commit, which `export-ignore` thins out. Files that
 * git does not track are not in it.
 */
export function stage(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const git = (...args: string[]): Buffer => execFileSync('git', args, { cwd: root, maxBuffer: 1 << 28 })
  // A stash is a commit, and needs somebody who made it.
  const who = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com']
  const commit =
    git(...who, 'stash', 'create')
      .toString()
      .trim() || 'HEAD'
  execFileSync('tar', ['-x', '-C', folder], { input: git('archive', commit) })
  return folder
}

/**
 * A folder for each `OWNER/REPO@REF` that the staged workflows for callers use: the staged copy for the suite's own, a stand-in
 * for others. Throws for one that has none, as act would try to fetch it.
 */
export function references(staged: string): Record<string, string> {
  const used = new Set(
    workflowsForCallers(staged)
      .flatMap((text) => [...text.matchAll(/^\s*(?:- )?uses: ([^\s#]+)/gm)])
      .map(([, name = '']) => name)
      .filter((name) => !name.startsWith('./'))
      .map((name) => name.replace(/^([^/]+\/[^/@]+)[^@]*@/, '$1@')),
  )
  const others = [...used].filter(
    (name) => !name.startsWith(`${suite}@`) && !name.startsWith('actions/checkout@'),
  )
  return { [`${suite}@v1`]: staged, ...Object.fromEntries(others.map((name) => [name, standIn(name)])) }
}

/** The texts of those that a user's workflow can call; this repository's own CI is not among them. */
function workflowsForCallers(staged: string): string[] {
  const folder = join(staged, '.github/workflows')
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .filter((text) => /^ {2}workflow_call:/m.test(text))
}

function standIn(reference: string): string {
  const [repository = ''] = reference.split('@')
  const name = repository.split('/')[1] ?? ''
  const folder = join(import.meta.dirname, 'stand-ins')
  if (!readdirSync(folder).includes(name)) throw new Error(`${reference} has no stand-in in ${folder}`)
  return join(folder, name)
}
