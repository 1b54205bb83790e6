import { defineConfig } from 'vitest/config'
import { reporters } from './packages/tooling/src/tests/reporters.ts'

/** `npm run test:workflows`: the reusable workflows by nektos/act, apart from `npm test` as they need act and Docker. */
export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['packages/tooling/src/**/*.act.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxWorkers: 1,
    reporters: reporters(['default']),
    execArgv: ['--conditions=source'],
  },
})
