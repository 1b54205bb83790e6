import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ActionRun } from '@ecs-release/testbed'
import { Ajv } from 'ajv'
import { parse } from 'yaml'

const actionFile = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8'))
const schemaFile = '../../../../packages/core/src/release/evidence/evidence.schema.json'
const schema = JSON.parse(readFileSync(new URL(schemaFile, import.meta.url), 'utf8'))
const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema)

/** The value of an environment variable in every task definition here. It may be seen nowhere. */
export const plantedSecret = 'pw-7f3e1c-never-to-be-seen'

const green = ['succeeded', 'no-change', 'planned', 'started']

/** What holds after every run, however it ended. Returns the evidence, which every run leaves that could read the service. */
export function checked(run: ActionRun): Record<string, unknown> | undefined {
  const { outputs } = run
  const errors = run.annotations.filter(({ level }) => level === 'error')
  const isGreen = green.includes(outputs.outcome ?? '')
  assert.equal(run.exitCode, isGreen ? 0 : 1, run.log)
  assert.equal(errors.length, isGreen ? 0 : 1, run.log)
  if (outputs.outcome === 'rolled-back') assert.equal(outputs['rolled-back'], 'true')
  if (isGreen) assert.equal(outputs['rolled-back'], 'false')
  const proven = ['succeeded', 'no-change', ...(outputs['rolled-back'] === 'true' ? [] : ['unhealthy'])]
  assert.ok(outputs.verified === 'false' || proven.includes(outputs.outcome ?? ''))
  if (!isGreen) assert.equal(errors[0]?.message.split('\n')[0], outputs.message)
  secretNowhere(run)
  return outputs.evidence === undefined ? undefined : reported(run)
}

/** A run that was reported sets every output and leaves a page and evidence that say the same. */
function reported(run: ActionRun): Record<string, unknown> {
  const { outputs, summary } = run
  assert.deepEqual(
    Object.keys({ 'task-definition-file': '', ...outputs }).toSorted(),
    Object.keys(actionFile.outputs).toSorted(),
  )
  const file = outputs['task-definition-file']
  if (file !== undefined) assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.ok(summary.includes(`| Outcome | ${outputs.outcome} |`), summary)
  const text = readFileSync(outputs.evidence ?? '', 'utf8')
  assert.ok(validate(JSON.parse(text)), JSON.stringify(validate.errors))
  const evidence = JSON.parse(text)
  assert.deepEqual(
    [evidence.outcome, evidence.message, evidence.verified, evidence.rolledBack, evidence.findings],
    [
      outputs.outcome,
      // In the output a command is made harmless, as a later step may echo it.
      outputs.message?.replaceAll('#\\#[', '##['),
      outputs.verified === 'true',
      outputs['rolled-back'] === 'true',
      JSON.parse(outputs.findings ?? ''),
    ],
  )
  const byUs = String(evidence.rollback ?? '').startsWith('Rolled back to ')
  assert.equal(evidence.rolledBack, outputs.outcome === 'rolled-back' || byUs)
  assert.equal(String(evidence.to.deploymentArn ?? ''), outputs['deployment-arn'])
  return evidence
}

function secretNowhere(run: ActionRun): void {
  const { annotations, log, outputs, stderr, stdout, summary } = run
  const shown = JSON.stringify({ annotations, log, outputs, stderr, stdout, summary })
  assert.ok(!shown.includes(plantedSecret), shown)
  for (const name of readdirSync(run.files)) {
    const path = join(run.files, name)
    if (path === outputs['task-definition-file'] || !statSync(path).isFile()) continue
    assert.ok(!readFileSync(path, 'utf8').includes(plantedSecret), name)
  }
}
