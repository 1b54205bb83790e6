import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type CodeBlock, codeBlocks } from '../docs/code-blocks.ts'
import { root } from '../repository.ts'
import { runningDigests } from './account.ts'
import { missingTools } from './needed-tools.fixture.ts'
import { type Shop, shop, variables } from './shop.fixture.ts'
import { orders } from './user-repository.ts'

const missing = await missingTools()
const workflowsOf = (document: string): CodeBlock[] =>
  codeBlocks(readFileSync(join(root, document), 'utf8')).filter(({ text }) => /^on:/m.test(text))
const workflows = workflowsOf('README.md')
const guide = workflowsOf('action-docs/guides/first-deployment.md')
const [firstDeployment] = guide
const pullRequest = guide.find(({ text }) => parse(text).name === 'Pull request')
const [promote] = workflowsOf('action-docs/guides/promote-to-production.md')

const path = '.github/workflows/pasted.yml'

/** The app of somebody who begins: a Dockerfile, and scripts of npm, which installs no package for them. */
const app = (version: string): Record<string, string> => ({
  ...orders(version),
  Dockerfile: 'FROM node:24-slim\nWORKDIR /app\nCOPY server.mjs ./\nUSER node\nCMD ["node", "server.mjs"]\n',
  'package.json': JSON.stringify({ scripts: { lint: 'node --check server.mjs', test: 'node --test' } }),
  'package-lock.json': JSON.stringify({ lockfileVersion: 3, requires: true, packages: { '': {} } }),
})

describe.skipIf(missing !== undefined)('Docker: the workflows of the README, run by act', () => {
  let here: Shop

  beforeAll(async () => {
    here = await shop()
    await here.testbed.clients.ecr.createRepository({ repositoryName: 'orders' })
    // As a stack without an image is made: it names one that is not there, and runs no task.
    await here.service('dev', `${here.testbed.ecr.host}/orders:none`, { desiredCount: 0 })
  })
  afterAll(() => here?.[Symbol.asyncDispose]())

  test('there are two: one calls release.yml, one takes the actions alone', () => {
    expect(workflows.map(({ text }) => parse(text).name)).toEqual(['Release', 'Deploy'])
  })

  test('the first deployment builds, and brings the service of the guide from no task to one', async () => {
    const commit = here.repository.commit('Begin', { ...app('v1'), [path]: firstDeployment?.text ?? '' })
    const inputs = { environment: 'dev', 'desired-count': '1' }
    const vars = { ...variables, ECS_CLUSTER: 'orders-dev', ECS_SERVICE: 'orders' }
    const run = await here.run(path, commit, { inputs, vars })
    expect(run.exitCode, run.stderr).toBe(0)
    const { digest, uri = '' } = run.job('Build/Image').outputs.image ?? {}
    expect(run.job('Deploy/dev').outputs.deploy).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(await runningDigests(here.testbed, 'dev')).toEqual([digest])
    await Promise.all(['staging', 'production'].map((name) => here.service(name, uri)))
  })

  test.each([
    ['Release', 'v2', ['dev', 'staging', 'production'], 7],
    ['Deploy', 'v3', ['production'], 2],
  ])('pasted into a repository of a user, "%s" runs', async (name, version, environments, jobs) => {
    const block = workflows.find(({ text }) => parse(text).name === name)
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

  test('the guide builds a pull request without a role, and pushes nothing', async () => {
    const from = here.testbed.ecr.requests.all().length
    const commit = here.repository.commit('Change', { ...app('v4'), [path]: pullRequest?.text ?? '' })
    const { exitCode, jobs, roles, stderr } = await here.run(path, commit, { pullRequest: true, vars: {} })
    expect(exitCode, stderr).toBe(0)
    const [job] = jobs
    expect(job?.log).toContain('pass 1')
    expect(Object.values(job?.outputs ?? {})).toContainEqual(
      expect.objectContaining({ outcome: 'built', uri: '' }),
    )
    expect(roles).toEqual([])
    expect(here.testbed.ecr.requests.all()).toHaveLength(from)
  })

  test('the guide promotes the digest that staging runs, and no other', async () => {
    // The stacks call a service as its cluster, and this account has `orders` in each.
    const text = promote?.text.replace('service: orders-staging', 'service: orders') ?? ''
    const run = async (image: string) => {
      const commit = here.repository.commit('Promote', { 'promote.yml': text })
      // As the GitHub environment of production has them, in the guide to the first deployment.
      const vars = { ...variables, ECS_CLUSTER: 'orders-production', ECS_SERVICE: 'orders' }
      return here.run('promote.yml', commit, { inputs: { image }, vars })
    }
    const digestOf = async (environment: string) => (await runningDigests(here.testbed, environment))[0] ?? ''
    const [staging, production] = [await digestOf('staging'), await digestOf('production')]
    expect(staging).not.toBe(production)
    const uri = `${here.testbed.ecr.host}/orders@`
    const refused = await run(`${uri}${production}`)
    expect(refused.exitCode).toBe(1)
    expect(refused.jobs.map(({ result }) => result)).toEqual(['failure'])
    expect(refused.jobs[0]?.annotations[0]?.message).toContain(
      'orders (orders-staging:2) does not run what it should',
    )
    const promoted = await run(`${uri}${staging}`)
    expect(promoted.jobs.map(({ result }) => result)).toEqual(['success', 'success'])
    expect(await digestOf('production')).toBe(staging)
  })
})
