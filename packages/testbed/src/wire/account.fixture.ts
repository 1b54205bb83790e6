import { type Credentials, credentials } from './credentials.ts'
import { type Faults, faults } from './faults.ts'
import { optionalText, text } from './input.ts'
import { type JsonObject, present } from './json.ts'
import { paginate } from './paging.ts'
import { defaultPlace } from './place.ts'
import { startWireServer, type WireServer } from './server.ts'
import type { Service } from './service.ts'
import { ServiceError } from './service-error.ts'

/*
 * Two small services for the tests of the wire level, one for each protocol: they answer what a test put into the
 * call, so that the tests say what the wire does and nothing about ECS or ELBv2.
 */

const tasks = ['a', 'b', 'c', 'd', 'e']

function listTasks(input: JsonObject): JsonObject {
  const { page, nextToken } = paginate(tasks, optionalText(input, 'nextToken'), 2)
  return present({ taskArns: page, nextToken })
}

export const miniEcs: Service = {
  name: 'ecs',
  protocol: { kind: 'json', contentVersion: '1.1', targetPrefix: 'AmazonEC2ContainerServiceV20141113' },
  operations: {
    UpdateService: (input) => ({ service: { ...input, serviceName: text(input, 'service') } }),
    ListTasks: listTasks,
    DescribeServices: () => {
      throw new ServiceError('ClusterNotFoundException', 'Cluster not found.')
    },
    StopServiceDeployment: () => {
      throw new ServiceError('ConflictException', 'It is over.', 400, { resourceIds: ['one'] })
    },
    DescribeTasks: () => {
      throw new TypeError('a defect')
    },
  },
  buckets: (operation) => (operation === 'UpdateService' ? [{ name: 'modify', burst: 2, perSecond: 1 }] : []),
  resource: (_operation, input) =>
    `arn:aws:ecs:us-east-1:111122223333:service/${text(input, 'cluster')}/${text(input, 'service')}`,
}

export const miniLoadBalancing: Service = {
  name: 'elasticloadbalancing',
  protocol: {
    kind: 'query',
    version: '2015-12-01',
    namespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  },
  operations: {
    DescribeTargetHealth: ({ TargetGroupArn = null, Targets = [], ...rest }) => {
      if (TargetGroupArn === 'gone') {
        throw new ServiceError('TargetGroupNotFound', 'One or more target groups not found')
      }
      const described = Array.isArray(Targets) ? Targets : []
      const health = { State: 'healthy', Description: `<&"> ${JSON.stringify(rest)}` }
      return { TargetHealthDescriptions: described.map((Target) => ({ Target, TargetHealth: health })) }
    },
    DescribeRules: () => ({ Rules: [] }),
    RegisterTargets: () => ({}),
    DescribeListeners: (input) => ({ Listeners: [{ ListenerArn: text(input, 'LoadBalancerArn') }] }),
  },
  buckets: () => [{ name: 'account', burst: 40, perSecond: 10 }],
  resource: () => undefined,
}

/** What an SDK client's constructor takes. */
export interface ClientSettings {
  endpoint: string
  region: string
  maxAttempts: number
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string }
}

export interface TestAccount extends AsyncDisposable {
  server: WireServer
  credentials: Credentials
  faults: Faults
  settings: ClientSettings
}

/** A local AWS with the two services above and those given. One attempt a call, so that a test sees each answer. */
export async function testAccount(
  options: { services?: Service[]; throttling?: boolean; now?: () => number } = {},
): Promise<TestAccount> {
  const { services = [], throttling = false, now = Date.now } = options
  const account = { credentials: credentials(), faults: faults() }
  const server = await startWireServer({
    services: [miniEcs, miniLoadBalancing, ...services],
    place: defaultPlace,
    throttling,
    now,
    ...account,
  })
  const { accessKeyId, secretAccessKey, sessionToken } = account.credentials.session
  const settings = {
    endpoint: server.url,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  }
  return { server, settings, ...account, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}
