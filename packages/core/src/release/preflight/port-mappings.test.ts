import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { portMappingFindings } from './port-mappings.ts'

const app = (...ports: number[]): JsonObject => ({
  name: 'app',
  portMappings: ports.map((containerPort) => ({ containerPort })),
})
const to = (containerPort: number, containerName = 'app', targetGroupArn = 'tg') => ({
  targetGroupArn,
  containerName,
  containerPort,
})

test.each<[string, ReturnType<typeof to>[], JsonObject[], string[]]>([
  ['the port of the container', [to(8080)], [app(8080)], []],
  ['one of several ports', [to(9000), to(8080)], [app(8080, 9000)], []],
  ['no load balancer', [], [app()], []],
  [
    'another container',
    [to(8080, 'web')],
    [app(8080), { name: 'proxy' }],
    ['the service sends requests to container web, and the task definition has only app, proxy'],
  ],
  [
    'another port, once for two target groups',
    [to(8080), to(8080, 'app', 'tg2')],
    [app(3000, 3001)],
    ['the service sends requests to port 8080 of container app, whose portMappings have 3000, 3001'],
  ],
  [
    'no port at all',
    [to(8080)],
    [{ name: 'app' }],
    ['the service sends requests to port 8080 of container app, whose portMappings have no port'],
  ],
  [
    'the port of another container',
    [to(8080)],
    [app(3000), { ...app(8080), name: 'proxy' }],
    ['the service sends requests to port 8080 of container app, whose portMappings have 3000'],
  ],
])('%s', (_, loadBalancers, containerDefinitions, causes) => {
  const findings = portMappingFindings({ loadBalancers }, { containerDefinitions })
  expect(findings.map(({ cause }) => cause)).toEqual(causes)
  for (const { code } of findings) expect(code).toBe('port-mapping')
})
