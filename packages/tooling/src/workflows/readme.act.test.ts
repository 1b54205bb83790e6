import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { codeBlocks } from '../docs/code-blocks.ts'
import { root } from '../repository.ts'
import { runningDigests } from './account.ts'
import { buildCaller } from './callers.ts'
import { missingTools } from './needed-tools.fixture.ts'
import { type Shop, shop } from './shop.fixture.ts'
import { orders } from './user-repository.ts'

const readme = readFileSync(join(root, 'README.md'), 'utf8')
const workflows = codeBlocks(readme).filter(({ text }) => /^on:/m.test(text))

/** The app of somebody who begins: a Dockerfile, and scripts of npm that need nothing installed. */
const app = (version: string): Record<string, string> => ({
  ...orders(version),
  Dockerfile: 'FROM node:24-slim\nWORKDIR /app\nCOPY server.mjs ./\nUSER node\nCMD ["node", "server.mjs"]\n',
  'package.json': JSON.stringify({ scripts: { lint: 'node --check server.mjs', test: 'node --test' } }),
})

describe.skipIf(missingTools !== undefined)('Docker: the workflows of the README, run by act', () => {
  let here: Shop

  beforeAll(async () => {
    here = await shop()
    const commit = here.repository.commit('Begin', { ...app('v1'), 'caller.yml': buildCaller })
    const { outputs, stderr } = await here.run('caller.yml', commit)
    expect(outputs.uri, stderr).toContain('@sha256:')
    const environments = ['dev', 'staging', 'production']
    await Promise.all(environments.map((name) => here.service(name, outputs.uri ?? '')))
  })
  afterAll(() => here?.[Symbol.asyncDispose]())

  test('there are two: one calls release.yml, one takes the actions alone', () => {
    expect(workflows.map(({ text }) => parse(text).name)).toEqual(['Release', 'Deploy'])
  })

  test.each([
    ['Release', 'v2', ['dev', 'staging', 'production'], 7],
    ['Deploy', 'v3', ['production'], 1],
  ])('pasted into a repository of a user, "%s" runs', async (name, version, environments, jobs) => {
    const block = workflows.find(({ text }) => parse(text).name === name)
    const path = '.github/workflows/pasted.yml'
    const run = await here.run(
      path,
      here.repository.commit(`Release ${version}`, { ...app(version), [path]: block?.text ?? '' }),
    )
    expect(run.exitCode, run.stderr).toBe(0)
    expect(run.jobs.map(({ result }) => result)).toEqual(Array.from({ length: jobs }, () => 'success'))
    const image = run.jobs.find(({ outputs }) => outputs.image !== undefined)?.outputs.image
    for (const environment of environments)
      expect(await runningDigests(here.testbed, environment)).toEqual([image?.digest])
    const deployments = run.jobs.filter(({ outputs }) => outputs.deploy !== undefined)
    const outcomes = deployments.map(({ outputs }) => outputs.deploy?.outcome)
    expect(outcomes).toEqual(environments.map(() => 'succeeded'))
  })
})
