import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../repository.ts'

const FILES = {
  'good.test.js': "test('fine', () => {})",
  'mixed.test.js':
    "test('Docker: runs', () => {}); test.skip('Docker: waits', () => {}); test('breaks', () => { throw new Error('boom') })",
  'hook.test.js': "beforeAll(() => { throw new Error('no base') }); test('never begins', () => {})",
  'after.test.js': "afterAll(() => { throw new Error('no end') }); test('has passed', () => {})",
  'odd.test.js': 'import "./not-there.js"',
}

/** Runs a suite of these files with the reporters of ours, and reads its report as `.ci/run` does. */
function suite(names: readonly (keyof typeof FILES)[]) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'suite-'))
  const at = (name: string) => join(folder.path, name)
  mkdirSync(at('node_modules'))
  for (const name of names) writeFileSync(at(name), FILES[name])
  const tests = join(root, 'packages/tooling/src/tests')
  writeFileSync(
    at('vitest.config.ts'),
    `import { reporters } from ${JSON.stringify(join(tests, 'reporters.ts'))}
export default { test: { globals: true, reporters: reporters(['default', ${JSON.stringify(join(tests, 'docker-tests.ts'))}]) } }`,
  )
  const report = at('report.json')
  const env = { ...process.env, CI: 'true', GITHUB_ACTIONS: 'true', TEST_REPORT: report }
  const node = (file: string, ...args: string[]) =>
    spawnSync(process.execPath, [file, ...args], { cwd: folder.path, env, encoding: 'utf8' })
  const ran = node(join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', folder.path)
  const told = node(join(root, '.ci/report.mjs'), report, 'tests')
  const failed = readFileSync(`${report}.failed`, 'utf8').replaceAll(`${folder.path}/`, '')
  return { log: ran.stdout + ran.stderr, told: told.stdout + told.stderr, failed, status: told.status }
}

test('a report is written beside what the suite says by itself, and names each test that has not passed', () => {
  const { log, told, failed, status } = suite(['good.test.js', 'mixed.test.js'])
  expect(log).toContain('Tests that touched Docker: 1, 1 more were skipped')
  expect(log).toMatch(/^::error file=.*mixed\.test\.js.*boom/m)
  expect(told).toBe('tests: 2 of 4 passed, 1 failed, 1 skipped\n')
  expect(failed).toMatch(
    /^skipped: mixed\.test\.js > Docker: waits\nfailed: mixed\.test\.js > breaks\n {2}Error: boom\n/,
  )
  expect(status).toBe(1)
})

test('a file that cannot be read and hooks that fail are named too', () => {
  const { told, failed, status } = suite(['odd.test.js', 'hook.test.js', 'after.test.js'])
  expect(failed).toMatch(/^failed: odd\.test\.js > the file itself\n {2}.*not-there/m)
  expect(failed).toMatch(/^failed: hook\.test\.js > the file itself\n {2}.*no base/m)
  expect(failed).toMatch(/^failed: after\.test\.js > the file itself\n {2}.*no end/m)
  expect(failed).toMatch(/^(skipped|pending): hook\.test\.js > never begins$/m)
  expect(told).toMatch(/^tests: 1 of \d passed, 3 failed/)
  expect(status).toBe(1)
})

test('a suite that passed is fine, and one without tests is not', () => {
  expect(suite(['good.test.js'])).toMatchObject({ told: 'tests: 1 of 1 passed\n', failed: '', status: 0 })
  expect(suite([])).toMatchObject({ told: expect.stringContaining('0 of 0 passed'), status: 1 })
})
