import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { applies, type Mutation, mutate, withoutValidation } from './mutation.ts'

/** The tests of the variables' own validations, which need no mutation: each is tried without any validation. */
export const REFUSALS = 'validation.tftest.hcl'

/**
 * Makes of a stack's or module's own tests those of its mutants, each a changed copy beside it: every test file is there once
 * for each mutant, with each run led to that copy. So one process of Terraform, whose start costs more than all runs, tries
 * them all. A mutant has several changes where no assertion is named by two of them; these are returned, by mutant. The
 * validation tests are led to a copy without validations, each run in a file of its own, because Terraform skips what comes
 * after a failure that was expected and missing.
 */
export function raiseMutants(place: string, mutations: readonly Mutation[]): Mutation[][] {
  const folder = join(place, 'tests')
  const files = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  const mutants = changedCopies(place, mutations)
  for (const index of mutants.keys()) {
    for (const { name, text } of files.filter((file) => file.name !== REFUSALS)) {
      writeFileSync(join(folder, `mutant-${index}.${name}`), ledTo(place, `mutant-${index}`, text))
    }
  }
  withoutValidation(copyBeside(place, 'open'))
  const [head = '', ...runs] = (files.find(({ name }) => name === REFUSALS)?.text ?? '').split(/^(?=run ")/m)
  for (const [index, run] of runs.entries()) {
    writeFileSync(join(folder, `open-${index}.${REFUSALS}`), ledTo(place, 'open', head + run))
  }
  for (const { name } of files) rmSync(join(folder, name))
  return mutants
}

/** Each change goes into the first copy in which its text still is and none of its assertions is taken. */
function changedCopies(place: string, mutations: readonly Mutation[]): Mutation[][] {
  const mutants: { folder: string; changes: Mutation[] }[] = []
  for (const mutation of mutations) {
    const taken = (changes: readonly Mutation[]): boolean =>
      changes.some(({ fails }) => fails.some((claim) => mutation.fails.includes(claim)))
    let mutant = mutants.find(({ folder, changes }) => !taken(changes) && applies(folder, mutation))
    if (mutant === undefined) {
      mutant = { folder: copyBeside(place, `mutant-${mutants.length}`), changes: [] }
      mutants.push(mutant)
    }
    mutate(mutant.folder, mutation)
    mutant.changes.push(mutation)
  }
  return mutants.map(({ changes }) => changes)
}

/** Beside it, so that relative sources of its modules still lead to them. */
function copyBeside(place: string, name: string): string {
  const copy = `${place}--${name}`
  cpSync(place, copy, {
    recursive: true,
    filter: (path) => !['tests', '.terraform'].includes(basename(path)),
  })
  return copy
}

function ledTo(place: string, name: string, tests: string): string {
  return tests.replaceAll(
    /^run ".*" \{$/gm,
    (head) => `${head}\n  module {\n    source = "../${basename(place)}--${name}"\n  }`,
  )
}
