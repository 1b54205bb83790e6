import { configDefaults, defineConfig } from 'vitest/config'
import { reporters } from './packages/tooling/src/tests/reporters.ts'

export default defineConfig({
  // Tests run on the sources: the workspace packages export them under this condition.
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{actions,packages}/*/src/**/*.test.ts', 'example-app/src/**/*.test.ts'],
    // They have scripts of their own, npm run test:workflows and test:infra, as they need act, and Terraform with moto.
    exclude: [...configDefaults.exclude, '**/*.act.test.ts', '**/*.infra.test.ts'],
    testTimeout: 90_000,
    // What starts a testbed, or waits for an event, takes as long as the machine is busy.
    hookTimeout: 90_000,
    expect: { poll: { timeout: 30_000 } },
    globalSetup: 'packages/testbed/src/tasks/docker/tell-skipped.ts',
    // Each end-to-end test runs several processes of its own; more workers than this starve them.
    maxWorkers: 2,
    execArgv: ['--conditions=source'],
    reporters: reporters(['default', './packages/tooling/src/tests/docker-tests.ts']),
  },
})
