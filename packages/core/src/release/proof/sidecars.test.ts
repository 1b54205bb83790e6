import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { aContainer, account, aRevision, aTask, goodDigest, otherDigest, ours } from '../test-data.fixture.ts'
import { expectations } from './expected.ts'
import { judge } from './judge.ts'

const definition: JsonObject = {
  containerDefinitions: [
    { name: 'app', image: 'repo:v2' },
    { name: 'agent', image: `agent@${otherDigest}` },
  ],
}
const app = { resolved: true, spoken: true, inEcr: false, balanced: false }
const silentAgent = { spoken: false }

interface Look {
  app?: Partial<typeof app>
  agent?: { spoken: boolean }
  named?: string
}

/** What is listed as not proven; the code of the finding where nothing is proven. */
function unproven({ agent = { spoken: true }, named, ...given }: Look): readonly string[] | string {
  const { balanced, inEcr, resolved, spoken } = { ...app, ...given.app }
  const revision = aRevision(resolved ? {} : { containerImages: [] })
  const asked = {
    definition,
    named: new Map(named === undefined ? [] : [[named, 'x']]),
    inRegistry: new Map(inEcr ? [['app', goodDigest]] : []),
  }
  const containers = [
    aContainer({ imageDigest: spoken ? goodDigest : undefined }),
    aContainer({ name: 'agent', imageDigest: agent.spoken ? otherDigest : undefined }),
  ]
  const { proof } = judge({
    deploymentId: ours,
    taskDefinitionArn: `${account}:task-definition/web:2`,
    expected: expectations(asked, revision, balanced ? ['app'] : []),
    revision,
    desired: 2,
    tasks: ['1', '2'].map((id) => aTask(id, { containers })),
    othersRunning: 0,
    startingFor: 0,
  })
  return proof.kind === 'proven' ? proof.unproven : proof.finding.code
}

test.each<[string, Look]>([
  ['of Amazon ECR', { app: { inEcr: true } }],
  ['of Amazon ECR that was not resolved', { app: { inEcr: true, resolved: false } }],
  ['behind the load balancer', { app: { balanced: true } }],
  ['of which nothing is known but that its tasks report it', {}],
])('an application %s is proven beside a sidecar of which ECS reports no digest', (_, given) => {
  expect(unproven({ ...given, agent: silentAgent })).toEqual(['agent'])
})

test.each<[string, Look]>([
  ['of Amazon ECR that no task reports', { app: { inEcr: true, spoken: false } }],
  ['behind the load balancer that no task reports', { app: { balanced: true, spoken: false } }],
  ['behind the load balancer that was not resolved', { app: { balanced: true, resolved: false } }],
  ['that was not resolved', { app: { resolved: false } }],
])('a sidecar that is pinned proves nothing of an application %s', (_, given) => {
  expect(unproven(given)).toBe('digest-not-provable')
})

test('the containers that images does not name are listed', () => {
  const given = { app: { balanced: true, resolved: false } }
  expect(unproven({ ...given, named: 'agent' })).toEqual(['app'])
  expect(unproven({ ...given, named: 'app' })).toBe('digest-not-provable')
})

test('nothing is proven where ECS reports no digest at all', () => {
  expect(unproven({ app: { spoken: false }, agent: silentAgent })).toBe('digest-not-provable')
})
