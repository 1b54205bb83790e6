import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { actionNames } from '../repository.ts'
import { suite } from '../suite.ts'
import { references, stage } from './staged.ts'

const folder = mkdtempSync(join(tmpdir(), 'staged-'))
const staged = stage(join(folder, 'copy'))
const shipped = (path: string): string[] => readdirSync(join(staged, path)).toSorted()

afterAll(() => rmSync(folder, { recursive: true }))

test('what GitHub ships is what runners need, and nothing else', () => {
  expect(shipped('.')).toEqual(['.github', 'LICENSE', 'actions'])
  expect(shipped('actions')).toEqual([...actionNames(), 'dist'].toSorted())
})

test.each(actionNames())('%s is shipped with what starts it, and without its source', (name) => {
  expect(shipped(join('actions', name))).toEqual(['action.yml', 'dist'])
  const { runs } = parse(readFileSync(join(staged, 'actions', name, 'action.yml'), 'utf8'))
  for (const script of [runs.main, runs.post].filter((path) => path !== undefined))
    expect(existsSync(join(staged, 'actions', name, script))).toBe(true)
})

test('all that the workflows use is the suite itself, or has a stand-in', () => {
  const used = references(staged)
  expect(used[`${suite}@v1`]).toBe(staged)
  expect(Object.keys(used).map((name) => name.replace(/@.*/, ''))).toEqual([
    suite,
    'actions/setup-node',
    'docker/setup-qemu-action',
    'docker/setup-buildx-action',
    'aws-actions/configure-aws-credentials',
    'actions/upload-artifact',
    'actions/download-artifact',
  ])
})
