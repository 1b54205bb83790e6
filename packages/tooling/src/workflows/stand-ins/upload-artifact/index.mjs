import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

function fail(message) {
  console.log(`::error::${message}`)
  process.exit(1)
}

const { ACT_OUT, GITHUB_WORKSPACE, INPUT_NAME = '', INPUT_OVERWRITE, INPUT_PATH = '' } = process.env
// Source: actions/toolkit, "Non-Supported Characters" of artifact names.
if (INPUT_NAME === '' || /[":<>|*?\r\n\\/]/.test(INPUT_NAME))
  fail(`the artifact name is not valid: ${JSON.stringify(INPUT_NAME)}`)
const folder = join(ACT_OUT, 'artifacts', INPUT_NAME)
if (existsSync(folder) && INPUT_OVERWRITE !== 'true') fail(`an artifact named ${INPUT_NAME} already exists`)
// Overwriting deletes the artifact there was, with all of its files.
rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
for (const line of INPUT_PATH.split('\n').filter((each) => each.trim() !== '')) {
  const from = resolve(GITHUB_WORKSPACE, line.trim())
  cpSync(from, join(folder, basename(from)), { recursive: true })
}
