import { expect, test } from 'vitest'
import type { JsonObject } from '../../../aws/json.ts'
import { aService, aTask } from '../../test-data.fixture.ts'
import type { Scene } from '../observed.ts'
import { failing, first, target } from '../sample.fixture.ts'

const refused = 'Health checks failed'

const exposed = (...ports: number[]) => ({ exposed: new Map([['app', ports]]) })
const checked = (startPeriod: number): JsonObject => ({
  containerDefinitions: [{ name: 'app', image: 'repo:v2', healthCheck: { startPeriod } }],
})
const plain =
  'load-balancer-health-check: the health checks of the load balancer for /health on port 3000 of the tasks fail without an answer'
const early =
  'grace-period: the tasks are stopped before anything listens on port 3000: their health checks count from 0 s after the start on'

test.each<[string, Partial<Scene>, string]>([
  ['and nothing that says why', {}, plain],
  [
    'where the image exposes another port',
    exposed(8080, 9090),
    'container-port: nothing accepts connections on containerPort 3000 of container app, and its image repo:v2 exposes 8080 and 9090',
  ],
  ['where the image exposes that port too', exposed(8080, 3000), early],
  ['where the image exposes none', exposed(), plain],
  ['where another container exposes another port', { exposed: new Map([['proxy', [8080]]]) }, plain],
  [
    'where the log tells of another port, whatever the image exposes',
    { ...exposed(3000), lines: ['Server listening on port 8080'] },
    'container-port: nothing accepts connections on containerPort 3000 of container app, and its log says that it listens on port 8080',
  ],
  [
    'where the log tells of the loopback address',
    { lines: ['Uvicorn running on http://127.0.0.1:3000 (Press CTRL+C to quit)'] },
    'container-port: container app listens on port 3000 of the loopback address only, as its log says',
  ],
  [
    'in time, as the log tells of the right port',
    { ...exposed(8080), lines: ['listening on 0.0.0.0:3000'] },
    early,
  ],
  [
    'in a time that startPeriod allows',
    { definition: checked(60) },
    'grace-period: the tasks are stopped before anything listens on port 3000: their health checks count from 0 s after the start on, and startPeriod of the container allows it 60 s',
  ],
  [
    'yet, where another own task got through',
    {
      tasks: [aTask('1', { address: '10.0.0.9' }), aTask('2', { address: '10.0.0.8' })],
      targets: [target({ description: refused }), target({ id: '10.0.0.8', state: 'healthy' })],
    },
    early,
  ],
  [
    'though a task of before got through',
    { targets: [target({ description: refused }), target({ id: '10.0.0.8', state: 'healthy' })] },
    plain,
  ],
  [
    'in a grace period that is long enough for anybody',
    { ...exposed(3000), service: aService({ healthCheckGracePeriod: 120 }) },
    plain,
  ],
  [
    'in a grace period that is longer than startPeriod',
    { definition: checked(60), service: aService({ healthCheckGracePeriod: 60 }) },
    plain,
  ],
])('nobody listens %s', (_, change, text) => {
  const targets = [target({ description: refused })]
  expect(first(failing(refused, { targets, ...change }))).toBe(text)
})
