import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  evidenceOf,
  pushedImages,
  redeploy,
  runningDigests,
  writesOfRelease,
  writtenSince,
} from './account.ts'
import { buildCaller, releaseCaller, verifyCaller } from './callers.ts'
import { missingTools } from './needed-tools.fixture.ts'
import { privatePackages, secrets } from './private-packages.ts'
import { buildRole, deployRole, type Shop, shop, type WorkflowRun } from './shop.fixture.ts'
import { changeTemplate, hasTheTemplate } from './template.ts'
import { orders } from './user-repository.ts'

const missing = await missingTools()
const caller = '.github/workflows/caller.yml'
const environments = ['dev', 'staging', 'production'] as const
const results = ({ jobs }: WorkflowRun): [string, string][] => jobs.map(({ name, result }) => [name, result])

/** One release after the other, as the user makes them: each begins with what the one before left. */
describe.skipIf(missing !== undefined)('Docker: the reusable workflows, run by act', () => {
  let here: Shop
  let first: WorkflowRun
  let released: WorkflowRun
  const running = (): Promise<string[][]> =>
    Promise.all(environments.map((name) => runningDigests(here.testbed, name)))
  const calls = (): number => here.testbed.calls.all().length

  beforeAll(async () => {
    here = await shop()
  })
  afterAll(() => here?.[Symbol.asyncDispose]())

  test('build.yml tests, builds and pushes, and hands on the image', async () => {
    const commit = here.repository.commit('Begin', { ...orders('v1'), [caller]: buildCaller })
    first = await here.run(caller, commit)
    expect(results(first), first.stderr).toEqual([
      ['called/Build/Test', 'success'],
      ['called/Build/Image', 'success'],
      ['call build/report', 'success'],
    ])
    expect(first.exitCode).toBe(0)
    expect(first.job('Test').log).toContain('pass 1')
    const { digest, image, reused, tag, uri } = first.outputs
    expect(tag).toBe(`main-${commit}`)
    expect(uri).toBe(`${here.testbed.ecr.host}/orders@${digest}`)
    expect(image).toBe(`${here.testbed.ecr.host}/orders:${tag}@${digest}`)
    expect(reused).toBe('false')
    expect((await here.testbed.images.resolve(`${here.testbed.ecr.host}/orders:latest`)).digest).toBe(digest)
    expect(first.roles).toEqual([buildRole])
    expect(first.job('Image').summary).toContain(`Pushed orders:${tag} as ${digest}`)
  })

  test('build.yml pushes nothing when a test fails', async () => {
    const broken = { ...orders('v0'), 'server.mjs': 'export const version = "none"\n', [caller]: buildCaller }
    const pushes = pushedImages(here.testbed).length
    const run = await here.run(caller, here.repository.commit('Break the test', broken))
    expect(results(run)).toEqual([['called/Build/Test', 'failure']])
    expect(run.exitCode).toBe(1)
    expect(pushedImages(here.testbed)).toHaveLength(pushes)
    expect(run.roles).toEqual([])
  })

  test('release.yml builds once and proves the one digest in dev, staging and production', async () => {
    const { uri = '' } = first.outputs
    // Staging lacks what a later version needs.
    await Promise.all(
      environments.map((name) =>
        here.service(name, uri, { variables: name === 'staging' ? {} : { ORDERS_TABLE: name } }),
      ),
    )
    for (const name of environments) await changeTemplate(here.testbed, name)
    // Below the severity that the release names, and not below that of build.yml.
    here.testbed.ecr.scans.expect({ findings: [{ name: 'CVE-2026-0001', severity: 'HIGH' }] })
    const pushes = pushedImages(here.testbed).length
    const from = calls()
    const commit = here.repository.commit('Release v2', {
      ...orders('v2'),
      ...privatePackages,
      [caller]: releaseCaller(['dev', 'staging'], 'production'),
    })
    released = await here.run(caller, commit, { secrets })
    expect(results(released), released.stderr).toEqual([
      ['called/Release/Plan', 'success'],
      ['Build/Build/Test', 'success'],
      ['Build/Build/Image', 'success'],
      ['Deploy to dev-1/Deploy/dev', 'success'],
      ['Deploy to staging-2/Deploy/staging', 'success'],
      ['Deploy to production/Deploy/production', 'success'],
      ['called/Release/Report', 'success'],
      ['call release/report', 'success'],
    ])
    expect(released.exitCode).toBe(0)
    const { digest = '', uri: promoted } = released.outputs
    expect(digest).not.toBe(first.outputs.digest)
    expect(released.outputs).toEqual({
      uri: `${here.testbed.ecr.host}/orders@${digest}`,
      digest,
      tag: `main-${commit}`,
      outcome: 'succeeded',
      message: 'orders runs orders-production:3 on 1 task, proven by digest',
    })
    expect(await running()).toEqual([[digest], [digest], [digest]])
    // Dev alone names its family, and so gets what Terraform has changed.
    const changed = environments.map((name) => hasTheTemplate(here.testbed, name))
    expect(await Promise.all(changed)).toEqual([true, false, false])
    // One manifest was pushed, and each service was updated once.
    expect(pushedImages(here.testbed)).toHaveLength(pushes + 1)
    expect(writtenSince(here.testbed, from)).toEqual(environments.flatMap(writesOfRelease))
    expect(released.roles).toEqual([buildRole, ...environments.map(deployRole)])
    for (const name of environments) {
      const job = released.job(`/Deploy/${name}`)
      const ended = { outcome: 'succeeded', verified: 'true', 'rolled-back': 'false' }
      expect(job.outputs.deploy).toMatchObject(ended)
      expect(JSON.parse(job.outputs.deploy?.digests ?? '')).toEqual({ app: digest })
      expect(job.summary).toContain('## ✅ orders: succeeded')
      expect(job.annotations).toEqual([])
      const evidence = JSON.parse(released.artifacts[evidenceOf(name)] ?? '')
      expect(evidence).toMatchObject({
        outcome: 'succeeded',
        github: { commit },
        containers: [{ image: promoted, digest }],
      })
    }
    const image = released.job('Image')
    expect(JSON.parse(image.outputs.image?.['scan-findings'] ?? '')).toEqual({ HIGH: 1 })
    expect(image.steps).toContainEqual({ name: 'Set up a builder', result: 'success' })
    expect(image.log).toContain('/run/secrets/npm: OK')
    expect(JSON.stringify(released)).not.toContain(secrets.NPM_TOKEN)
    expect(released.job('Release/Report').summary).toContain('## Released to dev → staging → production')
  })

  test('a release that is bad in staging alone is rolled back there, and production is not touched', async () => {
    const good = released.outputs.digest
    const from = calls()
    const files = {
      ...orders('v3', ['ORDERS_TABLE']),
      [caller]: releaseCaller(['dev', 'staging'], 'production'),
    }
    const run = await here.run(caller, here.repository.commit('Release v3', files), { secrets })
    expect(results(run)).toEqual([
      ['called/Release/Plan', 'success'],
      ['Build/Build/Test', 'success'],
      ['Build/Build/Image', 'success'],
      ['Deploy to dev-1/Deploy/dev', 'success'],
      ['Deploy to staging-2/Deploy/staging', 'failure'],
    ])
    expect(run.exitCode).toBe(1)
    // act ends the plan when a called workflow fails; that GitHub does not go on either is release.test.ts's to show.
    const { digest } = run.job('Build/Image').outputs.image ?? {}
    expect(await running()).toEqual([[digest], [good], [good]])
    expect(writtenSince(here.testbed, from)).toEqual(['dev', 'staging'].flatMap(writesOfRelease))
    expect(run.roles).toEqual([buildRole, deployRole('dev'), deployRole('staging')])
    const staging = run.job('/Deploy/staging')
    const ended = { outcome: 'rolled-back', 'rolled-back': 'true', verified: 'false' }
    expect(staging.outputs.deploy).toMatchObject(ended)
    expect(staging.annotations.map(({ level }) => level)).toEqual(['error'])
    expect(staging.annotations[0]?.message).toMatch(
      /^orders-staging:4 failed on orders and ECS rolled back to orders-staging:3/,
    )
    expect(staging.summary).toContain('ORDERS_TABLE is not set')
    expect(JSON.parse(run.artifacts[evidenceOf('staging')] ?? '')).toMatchObject({
      outcome: 'rolled-back',
    })
    expect(Object.keys(run.artifacts)).toEqual(['dev', 'staging'].map((name) => evidenceOf(name)))
  })

  test('verify.yml proves production, and finds it changed behind its back', async () => {
    const { digest = '', uri = '' } = released.outputs
    const look = (images: string) =>
      here.run(caller, here.repository.commit('Look each night', { [caller]: verifyCaller(images) }))
    const from = calls()
    const good = await look(`app=${uri}`)
    expect(results(good)).toEqual([
      ['called/Verify/Verify', 'success'],
      ['call verify/report', 'success'],
    ])
    expect(good.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(JSON.parse(good.outputs.digests ?? '')).toEqual({ app: digest })
    expect(writtenSince(here.testbed, from)).toEqual([])

    // Somebody deploys the first image by hand.
    await redeploy(here.testbed, 'production', 'orders-production:1')
    const since = calls()
    const bad = await look(`app=${uri}`)
    expect(results(bad)).toEqual([['called/Verify/Verify', 'failure']])
    expect(bad.exitCode).toBe(1)
    const found = { outcome: 'failed', verified: 'false', digests: '{}' }
    expect(bad.job('Verify').outputs.verify).toMatchObject(found)
    const [error] = bad.job('Verify').annotations
    expect(error?.message).toContain(`has ${first.outputs.digest} for container app, not ${digest}`)
    expect(bad.job('Verify').summary).toContain('## ❌ orders: failed')
    expect(writtenSince(here.testbed, since)).toEqual([])
    // What it has is consistent in itself: only what should run tells.
    expect((await look('')).outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
  })
})
