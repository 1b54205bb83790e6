import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../repository.ts'
import { run } from './command.ts'
import { leftovers } from './emulator/account.ts'
import { startEmulator } from './emulator/emulator.ts'
import { stacks } from './places.ts'
import { pinProvider } from './workspace.ts'

/** The shell blocks of example-infra/README.md, in the order in which a reader runs them. */
const blocks = [
  ...readFileSync(join(root, 'example-infra/README.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm),
].map(([, block]) => block ?? '')

/** With the values of the emulated account where a reader puts their own. */
const filled = (block: string): string =>
  block.replace('sha256:DIGEST', `sha256:${'a'.repeat(64)}`).replace('111122223333', '123456789012')

test('the commands of the README build the stacks up, release into them and take them down', async () => {
  await using emulator = await startEmulator()
  const left = await leftovers(emulator)
  const clone = mkdtempSync(join(tmpdir(), 'clone-'))
  try {
    cpSync(join(root, 'example-infra'), join(clone, 'example-infra'), { recursive: true })
    for (const stack of stacks) pinProvider(join(clone, 'example-infra/stacks', stack))
    // Each block says where it begins, so that a failure names its command; what a reader confirms is confirmed.
    const script = [
      'set -euxo pipefail',
      ...blocks.map((block, index) => `echo "== block ${index + 1}"\n${filled(block)}`),
    ].join('\n')
    writeFileSync(join(clone, 'readme.sh'), script)
    const env = {
      ...emulator.env,
      AWS_REGION: undefined,
      AWS_CA_BUNDLE: undefined,
      TF_INPUT: '0',
      TF_CLI_ARGS_apply: '-auto-approve -no-color',
      TF_CLI_ARGS_destroy: '-auto-approve -no-color',
    }
    const { exitCode, stdout, stderr } = await run({ file: 'bash', args: ['readme.sh'], cwd: clone, env })
    expect({
      exitCode,
      said: exitCode === 0 ? '' : `${stdout.slice(-3000)}\n${stderr.slice(-3000)}`,
    }).toEqual({ exitCode: 0, said: '' })
    for (let index = 1; index <= blocks.length; index++) expect(stdout).toContain(`== block ${index}\n`)
    expect(stdout).toContain(
      'task_definition = "arn:aws:ecs:us-east-1:123456789012:task-definition/example-app-dev:1"',
    )
    // One for each stack of dev; staging was only planned.
    expect(stdout.match(/^Destroy complete! Resources: [1-9]\d* destroyed\.$/gm)).toHaveLength(4)
    // Without an image and with one; what the README says of them takes the AWS CLI.
    expect(await left()).toEqual([1, 2].map((n) => `ecs us-east-1 task_definitions example-app-dev/${n}`))
  } finally {
    rmSync(clone, { recursive: true, force: true })
  }
})
