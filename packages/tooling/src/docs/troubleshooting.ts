import { findingTexts } from '@ecs-release/core/findings'

interface Text {
  code: string
  symptom: string
  meaning: string
  cases: Readonly<Record<string, { cause: string; remedy: string }>>
}

const head = `<!-- Made by npm run docs from packages/core/src/release/diagnose/texts. -->

# Troubleshooting by symptom

A failing step ends with one error line that names the cause, and below it what to do. The job summary shows the same with the stopped
tasks, the health of the targets, the service's events and the last log lines. Each cause has a code, which the output \`findings\` and the
evidence file carry, and a section here. Names in capitals stand for those of your own service.

Several causes can be found at once: the most telling comes first. What only says how a deployment ended comes last, such as the
circuit breaker.
`

/** The guide that has a section for each cause that a diagnosis can find. */
export function troubleshootingGuide(texts: readonly Text[] = findingTexts): string {
  const rows = texts.map(({ code, symptom }) => `| [${symptom}](#${anchorOf(symptom)}) | \`${code}\` |`)
  const table = ['| What you see | Code |', '| --- | --- |', ...rows].join('\n')
  return `${[head.trim(), table, ...texts.map(section)].join('\n\n')}\n`
}

function section({ cases, code, meaning, symptom }: Text): string {
  return [
    `## ${symptom}`,
    `Code: \`${code}\``,
    '**What you see**',
    causesOf(cases).join('\n'),
    `**What it means** ${meaning}`,
    '**What to do**',
    remediesOf(cases).join('\n'),
  ].join('\n\n')
}

function causesOf(cases: Text['cases']): string[] {
  return [...new Set(Object.values(cases).map(({ cause }) => `- ${withNames(cause)}`))]
}

/** A remedy for each cause; one that holds for all of them is said once. */
function remediesOf(cases: Text['cases']): string[] {
  return [...new Set(Object.values(cases).map(({ remedy }) => `- ${withNames(remedy)}`))]
}

/** What is no name of the reader's own, as it reads in a guide. */
const fixed = new Map([
  ['guide', '[moving from the actions of AWS](moving-from-the-aws-actions.md)'],
  ['line', 'its line'],
])

/** `{exitCode}` is a name that a reader has to fill in: EXIT CODE. */
function withNames(text: string): string {
  return text.replace(
    /\{(\w+)\}/g,
    (_, name: string) => fixed.get(name) ?? name.replace(/[A-Z]/g, ' $&').toUpperCase(),
  )
}

/** As GitHub makes it from a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^a-z0-9 _-]/g, '')
    .replaceAll(' ', '-')
}
