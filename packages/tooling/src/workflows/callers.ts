import { suite } from '../suite.ts'
import { clusterOf, service } from './account.ts'
import { deployRole } from './shop.fixture.ts'

const commands = { 'lint-command': 'node --check server.mjs', 'test-command': 'node --test' }
/** The Dockerfile copies what this makes; git ignores it, so only the build command can have made it. */
const build = { 'build-command': 'mkdir build && cp server.mjs build/', 'node-version': '24' }

/** A workflow of the user's that calls one of the suite and then writes down what it handed on. */
export function calling(
  workflow: string,
  inputs: Readonly<Record<string, string | boolean>>,
  secrets: Readonly<Record<string, string>> = {},
): string {
  return JSON.stringify(
    {
      name: `call ${workflow}`,
      on: { push: { branches: ['main'] } },
      permissions: {},
      jobs: {
        called: {
          permissions: { contents: 'read', 'id-token': 'write' },
          uses: `${suite}/.github/workflows/${workflow}.yml@v1`,
          with: inputs,
          secrets,
        },
        report: {
          needs: 'called',
          'runs-on': 'ubuntu-24.04',
          steps: [
            {
              // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours
              env: { OUTPUTS: '${{ toJSON(needs.called.outputs) }}' },
              run: 'printf %s "$OUTPUTS" >"$ACT_OUT/outputs.json"',
            },
          ],
        },
      },
    },
    undefined,
    2,
  )
}

export const buildCaller: string = calling('build', {
  repository: 'orders',
  'create-repository': true,
  ...commands,
  ...build,
})

const environment = (name: string) => ({
  name,
  cluster: clusterOf(name),
  service,
  'role-to-assume': deployRole(name),
  'aws-region': 'us-east-1',
  // The family's newest revision and a number of tasks in dev; elsewhere what the service has.
  ...(name === 'dev' ? { 'task-definition': clusterOf(name), 'desired-count': 1 } : {}),
})

/** Releases to these environments, and then to production unless it is left out. */
export const releaseCaller = (names: readonly string[], production?: string): string =>
  calling(
    'release',
    {
      ...release,
      environments: JSON.stringify(names.map(environment)),
      production: production === undefined ? '' : JSON.stringify(environment(production)),
    },
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not ours
    { 'build-secrets': 'npm=${{ secrets.NPM_TOKEN }}' },
  )

const release = {
  repository: 'orders',
  container: 'app',
  timeout: '5m',
  scan: 'wait',
  'fail-on-severity': 'critical',
  ...commands,
  ...build,
}

export const verifyCaller = (images: string): string =>
  calling('verify', { ...verifyInputs, ...(images === '' ? {} : { images }) })

const verifyInputs = {
  cluster: clusterOf('production'),
  service,
  'role-to-assume': 'arn:aws:iam::111122223333:role/orders-production-verify',
}
