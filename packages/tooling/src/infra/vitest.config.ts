import { reporters } from '../tests/reporters.ts'
import { progress } from './progress.ts'

/** The tests of example-infra, which `npm run test:infra` runs. */
const config: object = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['packages/tooling/src/infra/**/*.infra.test.ts'],
    reporters: reporters([progress, ['default', { summary: false }]]),
    // An apply is mostly the provider's own waiting, so that more files run at once than there are cores.
    maxWorkers: 4,
    // Terraform and the provider take a core each.
    maxConcurrency: 2,
    testTimeout: 1_800_000,
    hookTimeout: 900_000,
    execArgv: ['--conditions=source'],
  },
}

export default config
