import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../wire/json.ts'
import { ServiceError } from '../wire/service-error.ts'
import { benchWithService, webDefinition, webService } from './testing/bench.ts'

const members = [
  ...[
    'cluster',
    'clusters',
    'clusterName',
    'include',
    'settings',
    'tags',
    'services',
    'service',
    'serviceName',
  ],
  ...[
    'taskDefinition',
    'family',
    'familyPrefix',
    'containerDefinitions',
    'cpu',
    'memory',
    'volumes',
    'status',
  ],
  ...['taskRoleArn', 'executionRoleArn'],
  ...['sort', 'maxResults', 'nextToken', 'desiredCount', 'deploymentConfiguration', 'loadBalancers', 'force'],
  ...[
    'networkConfiguration',
    'capacityProviderStrategy',
    'launchType',
    'schedulingStrategy',
    'forceNewDeployment',
  ],
  ...[
    'tasks',
    'task',
    'reason',
    'startedBy',
    'desiredStatus',
    'createdAt',
    'serviceDeploymentArns',
    'stopType',
  ],
  ...['serviceDeploymentArn', 'serviceRevisionArns', 'deploymentController', 'healthCheckGracePeriodSeconds'],
]
const odd = fc.constantFrom<JsonValue>(
  null,
  '',
  'web',
  'shop',
  'web:x',
  'arn:aws:ecs',
  'constructor',
  -1,
  0.5,
  1e300,
)
const nested = fc.constantFrom<JsonValue>(
  {},
  [],
  [null],
  [{}],
  [['web']],
  { awsvpcConfiguration: 7 },
  { deploymentCircuitBreaker: { enable: true, rollback: true, thresholdConfiguration: [] } },
  [{ name: 'web', image: 'a', portMappings: [null], healthCheck: 'x' }],
  [{ targetGroupArn: {}, containerName: 'web' }],
  { after: {}, before: null },
)
const value: fc.Arbitrary<JsonValue> = fc.oneof(odd, nested)
const wrong: fc.Arbitrary<JsonObject> = fc.dictionary(fc.constantFrom(...members), value, {
  maxKeys: 3,
  noNullPrototype: true,
})

const sound: JsonObject = { ...webDefinition, ...webService, service: 'web', serviceName: 'api' }

test('whatever a caller sends, each operation answers or refuses in AWS’s words', async () => {
  const { service } = await benchWithService()
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(service.operations)),
      wrong,
      async (operation, changes) => {
        const made = await benchWithService()
        const input = { ...sound, ...changes }
        const failure: unknown = await made.call(operation, input).then(
          () => undefined,
          (reason: unknown) => reason,
        )
        if (failure !== undefined) expect(failure).toBeInstanceOf(ServiceError)
        expect(service.resource(operation, input)).toMatch(/./)
        for (const asked of service.furtherPermissions?.(operation, input) ?? []) {
          expect(asked.resource).toMatch(/^arn:aws:|^\*$/)
        }
      },
    ),
    { numRuns: 1500 },
  )
})
