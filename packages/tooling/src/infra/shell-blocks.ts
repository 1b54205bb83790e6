import { cpSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { root } from '../repository.ts'
import { run } from './command.ts'
import type { Emulator } from './emulator/emulator.ts'
import { stacks } from './places.ts'
import { pinProvider } from './workspace.ts'

/** The shell blocks of a document, in the order in which a reader runs them. */
export function shellBlocks(path: string): string[] {
  const text = readFileSync(join(root, path), 'utf8')
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '')
}

/** With the values of the emulated account where a reader puts their own. */
const filled = (block: string): string =>
  block.replace('sha256:DIGEST', `sha256:${'a'.repeat(64)}`).replace('111122223333', '123456789012')

/**
 * Runs blocks in one shell, in a copy of example-infra and against an emulated account, and returns what they printed. What a
 * reader confirms is confirmed. `programs` are scripts of sh by the name of the program that they stand for. Throws with the
 * last lines when a command fails; each block says where it begins.
 */
export async function runBlocks(
  blocks: readonly string[],
  emulator: Emulator,
  programs: Readonly<Record<string, string>> = {},
): Promise<string> {
  using clone = mkdtempDisposableSync(join(tmpdir(), 'clone-'))
  const file = (name: string): string => join(clone.path, name)
  cpSync(join(root, 'example-infra'), file('example-infra'), { recursive: true })
  for (const stack of stacks) pinProvider(file(`example-infra/stacks/${stack}`))
  for (const [name, script] of Object.entries(programs))
    writeFileSync(file(name), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  const script = [
    'set -euxo pipefail',
    ...blocks.map((block, index) => `echo "== block ${index + 1}"\n${filled(block)}`),
  ].join('\n')
  writeFileSync(file('blocks.sh'), script)
  const env = {
    ...emulator.env,
    PATH: `${clone.path}${delimiter}${process.env.PATH}`,
    AWS_REGION: undefined,
    AWS_CA_BUNDLE: undefined,
    TF_INPUT: '0',
    TF_CLI_ARGS_apply: '-auto-approve -no-color',
    TF_CLI_ARGS_destroy: '-auto-approve -no-color',
  }
  const { exitCode, stdout, stderr } = await run({ file: 'bash', args: ['blocks.sh'], cwd: clone.path, env })
  if (exitCode === 0) return stdout
  throw new Error(`ended with ${exitCode}:\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`)
}
