import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { environments } from '../infra/places.ts'
import { type DocumentedWorkflow, documentedWorkflows } from '../workflows/documented.ts'

type Inputs = Readonly<Record<string, unknown>>
interface Job {
  with?: Inputs
  steps?: { with?: Inputs }[]
}

/** The inputs of each call in a workflow, of a reusable workflow or of an action. */
const callsOf = ({ text, where }: DocumentedWorkflow): { where: string; inputs: Inputs }[] =>
  Object.values<Job>(parse(text).jobs)
    .flatMap((job) => [job, ...(job.steps ?? [])])
    .flatMap(({ with: inputs }) => (inputs === undefined ? [] : [{ where, inputs }]))

const calls = documentedWorkflows()
  .filter(({ where }) => where.startsWith('action-docs/guides/'))
  .flatMap(callsOf)

test('whatever a guide pushes to the repository of the stacks, whose tags are fixed, gets no tag that moves', () => {
  const pushes = calls.filter(({ inputs }) => inputs.repository === 'orders' && inputs.push !== false)
  expect(pushes.length).toBeGreaterThan(3)
  for (const { inputs, where } of pushes) expect(inputs.tags, where).toBe('branch-sha\nsha\n')
})

/** What calls and the members of JSON lists say of where they release to. */
const entries = calls.flatMap(({ inputs, where }) => {
  const listed = [inputs.environments, inputs.production].flatMap((json) =>
    typeof json === 'string' && json !== '' ? JSON.parse(json) : [],
  )
  const named = listed.map((each) => (typeof each === 'string' ? { name: each } : each))
  return [{ ...inputs, name: inputs.environment }, ...named].map((entry) => ({ where, entry }))
})

test('the guides release to environments of the stacks', () => {
  const named = entries.filter(({ entry }) => entry.name !== undefined && !/\$\{\{/.test(entry.name))
  expect(named.length).toBeGreaterThan(3)
  for (const { entry, where } of named) expect(environments, where).toContain(entry.name)
})

test('the guides name cluster and service of orders as the stacks do', () => {
  const ours = entries.filter(({ entry }) => /^orders/.test(entry.cluster ?? entry.service ?? ''))
  expect(ours.length).toBeGreaterThan(1)
  for (const { entry, where } of ours) {
    expect(
      environments.map((name) => `orders-${name}`),
      where,
    ).toContain(entry.cluster)
    expect(entry.service, where).toBe(entry.cluster)
  }
})
