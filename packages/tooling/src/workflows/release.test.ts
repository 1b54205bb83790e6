import { expect, test } from 'vitest'
import { suite } from '../suite.ts'
import { jobsOf, workflowOf } from './workflow-files.fixture.ts'

/** What act ignores or does otherwise than GitHub, and a release depends on. */
test('production waits for every other environment, and does not run when one of them fails', () => {
  const { deploy, production } = jobsOf('release')
  expect(production?.needs).toEqual(['plan', 'build', 'deploy'])
  // success() is implied where a condition has no status function, and then only.
  for (const job of [production, deploy])
    expect(job?.if ?? '').not.toMatch(/\b(always|failure|cancelled|success)\(/)
  expect(deploy?.needs).toEqual(['plan', 'build'])
})

test('what a release hands on comes from the jobs that made it, as nothing reports one that failed', () => {
  const { outputs } = workflowOf('release').on.workflow_call
  const from = Object.entries(outputs).map(([name, { value }]) => [name, value])
  expect(Object.fromEntries(from)).toEqual({
    ...handedOn('build', ['uri', 'digest', 'tag']),
    ...handedOn('production', ['outcome', 'message']),
  })
})

const handedOn = (job: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, `\${{ jobs.${job}.outputs.${name} }}`]))

test('environments come one after the other, and the first that fails is the last', () => {
  const { report, ...jobs } = jobsOf('release')
  expect(jobs.deploy?.strategy).toMatchObject({ 'max-parallel': 1, 'fail-fast': true })
  expect(JSON.stringify(jobs)).not.toMatch(/continue-on-error/)
})

test('what is deployed everywhere is the digest of the one build', () => {
  const { deploy, production } = jobsOf('release')
  const uri = 'needs.build.outputs.uri'
  const images = `\${{ inputs.container && format('{0}={1}', inputs.container, ${uri}) || ${uri} }}`
  for (const job of [deploy, production]) {
    expect(job?.uses).toBe(`${suite}/.github/workflows/deploy.yml@v1`)
    expect(job?.with?.images).toBe(images)
  }
})

test('a deployment is behind its GitHub environment, and alone on its service', () => {
  const { deploy } = jobsOf('deploy')
  expect(deploy?.environment).toMatchObject({ name: `\${{ inputs.environment }}` })
  expect(deploy?.concurrency?.['cancel-in-progress']).toBe(false)
  for (const part of ['environment', 'aws-region', 'cluster', 'service'])
    expect(deploy?.concurrency?.group).toContain(`\${{ inputs.${part} }}`)
})

test.each(['build', 'deploy', 'verify', 'release'])(
  '%s.yml: who assumes a role may get a token for it',
  (name) => {
    for (const { permissions, steps = [], uses = '' } of Object.values(jobsOf(name))) {
      const assumes = steps.some((step) => step.uses?.startsWith('aws-actions/configure-aws-credentials@'))
      const calls = uses !== ''
      expect(permissions['id-token'] === 'write').toBe(assumes || calls)
      for (const step of steps.filter((each) => each.uses?.startsWith('actions/checkout@')))
        expect(step.with?.['persist-credentials']).toBe(false)
    }
  },
)
