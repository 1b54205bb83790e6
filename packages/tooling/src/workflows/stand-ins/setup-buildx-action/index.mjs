import { spawnSync } from 'node:child_process'

const { status, stderr } = spawnSync('docker', ['buildx', 'inspect'], { encoding: 'utf8' })
if (status !== 0) {
  console.log(`::error::no builder is here: ${stderr}`)
  process.exit(1)
}
