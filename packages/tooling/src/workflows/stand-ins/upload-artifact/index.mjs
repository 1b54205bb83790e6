import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'

const { ACT_OUT, GITHUB_WORKSPACE, INPUT_NAME, INPUT_OVERWRITE, INPUT_PATH = '' } = process.env
const folder = join(ACT_OUT, 'artifacts', INPUT_NAME)
if (existsSync(folder) && INPUT_OVERWRITE !== 'true') {
  console.log(`::error::an artifact named ${INPUT_NAME} already exists`)
  process.exit(1)
}
mkdirSync(folder, { recursive: true })
for (const line of INPUT_PATH.split('\n').filter((each) => each.trim() !== '')) {
  const from = resolve(GITHUB_WORKSPACE, line.trim())
  cpSync(from, join(folder, basename(from)), { recursive: true })
}
