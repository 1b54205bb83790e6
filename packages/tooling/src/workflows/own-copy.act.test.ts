import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeBlocks } from '../docs/code-blocks.ts'
import { root } from '../repository.ts'
import { suite } from '../suite.ts'
import { missingLinters } from './needed-tools.fixture.ts'

const guide = readFileSync(join(root, 'action-docs/guides/first-deployment.md'), 'utf8')
const [block] = codeBlocks(guide).filter(({ text }) => text.includes('perl -pi'))
/** What names one's own copy; the lines after it commit and push. */
const [line = ''] = block?.text.split('\n') ?? []
const named = /s#[^#]+#([^#]+)#g/.exec(line)?.[1] ?? ''

/** A copy of this repository, after the line of the guide, in a git repository of its own. */
function ownCopy(folder: string): void {
  const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' })
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
  for (const path of listed.split('\0').filter((each) => each !== ''))
    cpSync(join(root, path), join(folder, path), { recursive: true })
  git('init', '--quiet', '--initial-branch=main')
  git('add', '.')
  execFileSync('bash', ['-euo', 'pipefail', '-c', line], { cwd: folder })
  git('add', '.')
  const who = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', '-c', 'commit.gpgsign=false']
  git(...who, 'commit', '--quiet', '--message', 'Call our own copy')
  // What npm ci would install; after the commit, as a link is not what .gitignore ignores.
  const folders = listed
    .split('\0')
    .filter((path) => /(^|\/)package\.json$/.test(path))
    .map(dirname)
  for (const modules of folders.map((each) => join(each, 'node_modules')))
    if (existsSync(join(root, modules))) symlinkSync(join(root, modules), join(folder, modules))
}

describe.skipIf(missingLinters() !== undefined)("somebody's own copy, named by the line of the guide", () => {
  const folder = mkdtempSync(join(tmpdir(), 'own-copy-'))
  const run = (command: string) => {
    const [file = '', ...args] = command.split(' ')
    const { status, stderr, stdout } = spawnSync(file, args, { cwd: folder, encoding: 'utf8' })
    return { status, text: `${stdout}${stderr}` }
  }

  beforeAll(() => ownCopy(folder))
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is called by its name everywhere', () => {
    expect(named).toMatch(/^[\w-]+\/ecs-release-actions$/)
    expect(readFileSync(join(folder, '.github/workflows/release.yml'), 'utf8')).toContain(
      `uses: ${named}/.github/workflows/build.yml@v1`,
    )
    // What is left speaks of an owner in general.
    expect(run(`git grep -l ${suite}`).text).toBe('')
  })

  test.each([
    'npm run --silent lint:workflows',
    'node packages/tooling/src/checks/main.ts',
    'npm run --silent docs -- --check',
    // Those that read what the suite is called.
    'npx vitest run tooling/src/workflows/staged tooling/src/workflows/granted tooling/src/workflows/release workflow-rules tooling/src/docs',
  ])('is green: %s', (command) => {
    const { status, text } = run(command)
    expect(status, text).toBe(0)
  })
})
