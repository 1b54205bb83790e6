import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { type ActionRun, parseCommand } from '@ecs-release/testbed'

/** The commands that the runner knows, with a value that would show (research: the official runner's own list). */
const known: readonly [name: string, properties: string, data: string][] = [
  ['error', 'file=a.js,line=1', 'planted'],
  ['warning', '', 'planted'],
  ['notice', 'title=planted', 'planted'],
  ['debug', '', 'planted'],
  ['group', '', 'planted'],
  ['endgroup', '', 'planted'],
  ['set-output', 'name=outcome', 'succeeded-planted'],
  ['save-state', 'name=planted', 'planted'],
  ['set-env', 'name=PLANTED', 'planted'],
  ['add-path', '', '/planted'],
  ['add-mask', '', 'orders'],
  ['add-matcher', '', 'planted.json'],
  ['remove-matcher', 'owner=planted', ''],
  ['echo', '', 'on'],
  ['stop-commands', '', 'planted'],
]

const colons = known.map(([name, properties, data]) => `::${`${name} ${properties}`.trim()}::${data}`)
const brackets = known.map(
  ([name, properties, data]) => `##[${`${name} ${properties.replaceAll(',', ';')}`.trim()}]${data}`,
)

/** Each would change the run if the runner read it as a command: every command in both forms, and the ways to hide one. */
export const commands: readonly string[] = [
  ...colons,
  ...brackets,
  '  ::WARNING::planted',
  '\t::error::planted',
  'text ##[warning]planted',
  '\u001b[31m::error::planted',
  '\u200b::error::planted',
  'first\r::error::planted',
  'first\u2028::error::planted',
  'first\u0085::error::planted',
]

/** All of them, a line each. */
export const planted: string = commands.join('\n')

const own = ['group', 'endgroup', 'error', 'warning', 'notice', 'debug']

/** The run has what the action itself said, and nothing else. */
export function unmoved(run: ActionRun): void {
  const said = run.stdout.split('\n').flatMap((line) => parseCommand(line) ?? [])
  for (const { name, data } of said) {
    assert.ok(own.includes(name), `::${name}::${data}`)
    if (name === 'group' || name === 'debug') assert.ok(!data.includes('planted'), data)
  }
  // A later step that echoes an output, or shows the evidence, runs nothing either.
  for (const line of Object.values(run.outputs).join('\n').split('\n'))
    assert.equal(parseCommand(line), undefined, line)
  if (run.outputs.evidence !== undefined) {
    for (const line of readFileSync(run.outputs.evidence, 'utf8').split('\n'))
      assert.equal(parseCommand(line), undefined, line)
  }
  const { annotations, exported, log, paths, state, summary } = run
  assert.equal(said.filter(({ name }) => name === 'error').length, run.exitCode, log)
  assert.equal(annotations.filter(({ level }) => level === 'error').length, run.exitCode)
  assert.deepEqual([exported, paths], [{}, []])
  assert.ok(!('planted' in state) && !log.includes('***') && !run.outputs.outcome?.includes('planted'))
  assert.doesNotMatch(outsideCode(summary), /<script|<img|<iframe|^#+ *planted/m)
}

/** Code blocks show everything as it is. */
function outsideCode(markdown: string): string {
  return markdown.replaceAll(/^`{3,}\w*\n.*?^`{3,}$/gms, '')
}
