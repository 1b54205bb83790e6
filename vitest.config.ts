import { configDefaults, defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests run on the sources: the workspace packages export them under this condition.
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['{actions,packages}/*/src/**/*.test.ts', 'example-app/src/**/*.test.ts'],
    // They need Terraform and moto: npm run test:infra.
    exclude: [...configDefaults.exclude, '**/*.infra.test.ts'],
    testTimeout: 90_000,
    // Each end-to-end test runs several processes of its own; more workers than this starve them.
    maxWorkers: 2,
    execArgv: ['--conditions=source'],
  },
})
