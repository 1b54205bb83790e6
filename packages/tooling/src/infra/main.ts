/**
 * `npm run test:infra`: the tests of example-infra, against mocked providers and an emulated account. Needs Terraform
 * with the provider, and moto; without them it says so and ends well, but on CI.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../repository.ts'
import { hasReference, NO_REFERENCE } from './iam/resources.ts'
import { mirror } from './mirror.ts'
import { missingTools } from './tools.ts'

const env = await mirror()
const missing = await missingTools(env)
if (missing.length > 0) {
  for (const line of missing) console.log(`test:infra skipped: ${line}`)
  if (process.env.CI !== undefined) process.exitCode = 1
} else {
  if (!hasReference) console.log(`test:infra skips a part: ${NO_REFERENCE}`)
  const config = join(root, 'packages/tooling/src/infra/vitest.config.ts')
  const vitest = spawnSync('npx', ['vitest', 'run', '--config', config, ...process.argv.slice(2)], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: 'inherit',
  })
  process.exitCode = vitest.status ?? 1
}
