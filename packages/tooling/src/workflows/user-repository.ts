import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A repository of somebody who uses the suite. Disposal removes it. */
export interface UserRepository extends Disposable {
  folder: string
  /** Writes these files, commits everything, and returns the commit's hash. */
  commit(message: string, files: Readonly<Record<string, string>>): string
}

const who = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', '-c', 'commit.gpgsign=false']

export function userRepository(): UserRepository {
  const folder = mkdtempSync(join(tmpdir(), 'user-repository-'))
  const git = (...args: string[]): string =>
    execFileSync('git', [...who, '-C', folder, ...args], { encoding: 'utf8' }).trim()
  git('init', '--quiet', '--initial-branch=main')
  return {
    folder,
    commit(message, files) {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), text)
      }
      git('add', '.')
      git('commit', '--quiet', '--allow-empty', `--message=${message}`)
      return git('rev-parse', 'HEAD')
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** What the user's app needs to start, apart from its port. */
export type Needs = readonly string[]

/** The files of a small web service with a test, in a version that ends at once where one of `needs` is not set. */
export function orders(version: string, needs: Needs = []): Record<string, string> {
  return {
    Dockerfile:
      'FROM node:24-slim\nWORKDIR /app\nCOPY build/server.mjs ./\nUSER node\nCMD ["node", "server.mjs"]\n',
    '.gitignore': 'build/\n',
    'server.mjs': server(version, needs),
    'server.test.mjs': test,
  }
}

const server = (version: string, needs: Needs): string => `import { createServer } from 'node:http'

export const version = '${version}'
for (const name of ${JSON.stringify(needs)}) {
  if (process.env[name]) continue
  console.error(name + ' is not set')
  process.exit(1)
}
const server = createServer((_, response) => response.end(version))
if (import.meta.main) server.listen(8080)
process.on('SIGTERM', () => process.exit(0))
`

const test = `import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

test('the version is written down', () => {
  assert.match(readFileSync('server.mjs', 'utf8'), /version = 'v\\d+'/)
})
`
