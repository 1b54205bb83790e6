import { join } from 'node:path'
import { type ActionRun, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'

const action = join(import.meta.dirname, '../..')
const missing = await withoutDocker()

/** Every command of the runner, with what it would do. Source: actions/runner, ActionCommandManager. */
const COMMANDS = [
  'error::planted',
  'error file=b,line=1,endLine=2,title=planted::planted',
  'warning::planted',
  'notice::planted',
  'debug::planted',
  'group::planted',
  'endgroup::',
  'set-output name=digest::planted',
  'save-state name=planted::planted',
  'set-env name=PLANTED::planted',
  'add-path::/planted',
  'add-mask::Pushed',
  'add-matcher::planted.json',
  'remove-matcher owner=planted::',
  'echo::on',
  'stop-commands::planted',
  'ERROR::planted',
]

/** `error file=b::planted` in the old form, which counts anywhere in a line. */
const old = (command: string) => command.replace(/^([^:]+)::/, '##[$1]').replaceAll(',', ';')

const LINES = COMMANDS.flatMap((command) => [
  `::${command}`,
  ` \t::${command}`,
  `text\r::${command}`,
  `\u001b[31m::${command}`,
  old(command),
  `text ${old(command)}`,
])

/** None of the commands took effect; `annotations` are those of the action itself. */
function unmoved(run: ActionRun, annotations: RegExp[]): void {
  expect(run.annotations).toHaveLength(annotations.length)
  for (const [index, text] of annotations.entries()) expect(run.annotations[index]?.message).toMatch(text)
  expect({ state: run.state, exported: run.exported, paths: run.paths }).toEqual({
    state: {},
    exported: {},
    paths: [],
  })
  expect(run.log).not.toMatch(/▸ planted|\*\*\*/)
  expect(run.log).toContain('text #\\#[error]planted')
  expect(JSON.stringify(run.outputs)).not.toMatch(/^planted|"planted"/)
}

describe.skipIf(missing !== undefined)('Docker: commands of the runner', () => {
  test('in the output of a build are no commands, whether it goes well or not', async () => {
    const dockerfile = (then: string) =>
      `FROM node:24-slim AS says\nCOPY lines /\n# ##[error]planted\nRUN cat /lines${then}\nFROM scratch\nCOPY --from=says /lines /\n`
    await using here = await imageJob(action, {
      Dockerfile: dockerfile(''),
      Failing: dockerfile('; tail -n 1 /lines; exit 3'),
      lines: `${LINES.join('\n')}\n`,
    })
    await here.repository('web')
    // With these a runner would take set-env and add-path as well.
    const env = { ...here.env, ACTIONS_ALLOW_UNSECURE_COMMANDS: 'true' }
    const inputs = { repository: 'web', cache: 'off', 'no-cache': true }
    await using run = await here.step(inputs, { env })
    expect(run.conclusion, run.log).toBe('success')
    unmoved(run, [])
    expect(run.log).toContain('Pushed web:main-')
    await using failed = await here.step({ ...inputs, tags: 'raw=failing', file: 'Failing' }, { env })
    expect(failed.conclusion).toBe('failure')
    unmoved(failed, [/^Failing:4: RUN cat \/lines; tail -n 1 \/lines; exit 3: exit code 3/])
  })
})
