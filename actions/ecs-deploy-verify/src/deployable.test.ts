import { expect, test } from 'vitest'
import { assertDeployable } from './deployable.ts'

const service = { name: 'web', clusterName: 'prod', status: 'ACTIVE', deploymentController: 'ECS' }

test('an active service of the ECS controller is deployed to', () => {
  expect(() => assertDeployable(service)).not.toThrow()
})

test.each([
  [{ status: 'INACTIVE' }, 'The service web in the cluster prod is INACTIVE'],
  [{ status: 'DRAINING' }, 'The service web in the cluster prod is DRAINING'],
  [
    { deploymentController: 'CODE_DEPLOY' },
    'The service web in the cluster prod is deployed by the controller CODE_DEPLOY',
  ],
])('%j is refused', (change, message) => {
  expect(() => assertDeployable({ ...service, ...change })).toThrow(message)
})
