import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'

const { ACT_OUT, GITHUB_WORKSPACE, INPUT_PATH, INPUT_PATTERN = '*' } = process.env
const kept = join(ACT_OUT, 'artifacts')
// Without any artifact of the pattern the real one makes no folder, and does not fail.
const names = existsSync(kept) ? readdirSync(kept).filter((name) => matchesGlob(name, INPUT_PATTERN)) : []
for (const name of names)
  cpSync(join(kept, name), join(INPUT_PATH || GITHUB_WORKSPACE, name), { recursive: true })
