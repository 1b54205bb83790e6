import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { documents } from '../checks/code-blocks.ts'
import { codeBlocks } from '../docs/code-blocks.ts'
import { root } from '../repository.ts'

/** A workflow that a document shows. */
export interface DocumentedWorkflow {
  /** `README.md:42` */
  where: string
  /** A whole workflow; parts of one are put into it. */
  text: string
}

/** Every workflow, and every part of one, in the documents of the repository. */
export function documentedWorkflows(): DocumentedWorkflow[] {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
  })
  const paths = tracked
    .toString()
    .split('\n')
    .filter((path) => documents.test(path))
  return paths.flatMap((path) =>
    codeBlocks(readFileSync(join(root, path), 'utf8'))
      .filter(({ language }) => /^ya?ml$/.test(language))
      .flatMap(({ line, text }) => {
        const workflow = completed(text)
        return workflow === undefined ? [] : [{ where: `${path}:${line}`, text: workflow }]
      }),
  )
}

const before = 'on: push\njobs:\n'
const job = '  job:\n    runs-on: ubuntu-24.04\n'
/** What a part means by needs.build: a job that hands on the image, as build.yml does. */
const build =
  '  build:\n    runs-on: ubuntu-24.04\n    outputs:\n      uri: URI\n      image: IMAGE\n    steps:\n      - run: make\n'

function jobFor(text: string): string {
  return text.includes('needs.build.') ? `${before}${build}${job}    needs: build\n` : `${before}${job}`
}

/** Undefined for YAML that is no part of a workflow. */
export function completed(text: string): string | undefined {
  if (/^jobs:/m.test(text)) return /^on:/m.test(text) ? text : `on: push\n${text}`
  // The generated usage of an action names every input, all of them without a value.
  if (/^ {4}# Required: /m.test(text)) return undefined
  // Permissions above the steps are the job's too.
  if (/^steps:/m.test(text)) return `${jobFor(text)}${indented(text, 4)}`
  if (/^- /m.test(text)) return `${jobFor(text)}    steps:\n${indented(text, 6)}`
  return undefined
}

function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by))
}
