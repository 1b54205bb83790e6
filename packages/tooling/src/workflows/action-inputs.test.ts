import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { root } from '../repository.ts'
import { inputsOf, jobsOf } from './workflow-files.fixture.ts'

/** What a workflow decides by itself, as it is in the step. */
interface Decided {
  value: string
  why: string
}

interface Step {
  workflow: string
  job: string
  action: string
  decided: Readonly<Record<string, Decided>>
  /** What the step does not give, and why. */
  leftOut: Readonly<Record<string, string>>
}

const ofTerraform = 'a repository with other settings than the usual ones is made by Terraform'
const ofTheTemplate = 'it belongs to the task definition, which a file or Terraform holds'
const writes = 'verify makes no call that writes'
const steps: readonly Step[] = [
  {
    workflow: 'build',
    job: 'image',
    action: 'build-push-ecr',
    decided: {
      secrets: {
        value: `\${{ steps.secrets.outputs.secrets }}`,
        why: 'they come from the secret build-secrets',
      },
    },
    leftOut: {
      'tag-mutability': ofTerraform,
      'mutable-tags': ofTerraform,
      'scan-on-push': ofTerraform,
      'lifecycle-keep': ofTerraform,
      load: 'no later step of the job would run the image',
      'dry-run': 'what calls it goes on with the image; push: false shows that it can be built',
    },
  },
  {
    workflow: 'deploy',
    job: 'deploy',
    action: 'ecs-deploy-verify',
    decided: {},
    leftOut: {
      mode: 'verify.yml looks',
      'environment-variables': ofTheTemplate,
      secrets: ofTheTemplate,
      'wait-until': 'a deployment that nobody waits for is not proven',
      proof: 'what is green is proven',
    },
  },
  {
    workflow: 'verify',
    job: 'verify',
    action: 'ecs-deploy-verify',
    decided: { mode: { value: 'verify', why: 'it looks' } },
    leftOut: {
      'task-definition': writes,
      'environment-variables': writes,
      secrets: writes,
      'force-new-deployment': writes,
      'desired-count': writes,
      'wait-until': writes,
      'on-failure': writes,
      'on-cancel': writes,
      concurrency: writes,
      proof: 'it is what verify is for',
      'dry-run': writes,
    },
  },
]

type ActionInputs = Record<string, { default?: string; required?: boolean }>
const inputsOfAction = (name: string): ActionInputs =>
  parse(readFileSync(join(root, 'actions', name, 'action.yml'), 'utf8')).inputs

/** An action's errors tell people to set its inputs, so a workflow that has the action in it takes them too. */
describe.each(steps)(
  'what $action takes, in the workflow $workflow',
  ({ action, decided, job, leftOut, workflow }) => {
    const taken = inputsOfAction(action)
    const inputs = inputsOf(workflow)
    const given = jobsOf(workflow)[job]?.steps?.find(({ uses }) => uses?.includes(`/${action}@`))?.with ?? {}

    test.each(Object.keys(taken))('it hands on, or has a reason not to: %s', (input) => {
      if (leftOut[input] !== undefined) {
        expect(given).not.toHaveProperty(input)
        expect(inputs).not.toHaveProperty(input)
        return
      }
      if (decided[input] !== undefined) {
        expect(given[input]).toBe(decided[input].value)
        expect(inputs).not.toHaveProperty(input)
        return
      }
      // Some have a variable on GitHub where the input is empty.
      const [, variable] = /^\$\{\{ inputs\.[a-z-]+( \|\| [^}]+)? \}\}$/.exec(given[input] ?? '') ?? []
      expect(given[input]).toBe(`\${{ inputs.${input}${variable ?? ''} }}`)
      const { default: value } = inputs[input] ?? {}
      expect(String(value ?? '')).toBe(variable === undefined ? (taken[input]?.default ?? '') : '')
    })

    test('it gives nothing that is not taken', () => {
      const named = [given, decided, leftOut].flatMap((each) => Object.keys(each))
      expect(Object.keys(taken)).toEqual(expect.arrayContaining(named))
    })
  },
)

test.each(['build', 'deploy', 'verify'])(
  '%s.yml: the credentials hold as long as the caller says, and an hour otherwise',
  (workflow) => {
    const all = Object.values(jobsOf(workflow)).flatMap(({ steps = [] }) => steps)
    const credentials = all.filter(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'))
    const durations = credentials.map((step) => step.with?.['role-duration-seconds'])
    expect(durations).toEqual([`\${{ inputs.role-duration-seconds }}`])
    expect(inputsOf(workflow)['role-duration-seconds']).toMatchObject({ type: 'number', default: 3600 })
  },
)
