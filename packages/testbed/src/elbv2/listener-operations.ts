import { openFront } from '../balancer/front.ts'
import { objectList, optionalText, required, text, textList } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import type { Operation } from '../wire/service.ts'
import { ServiceError } from '../wire/service-error.ts'
import { actionView, readAction } from './actions.ts'
import { listenerArn, ruleArn, tail } from './arns.ts'
import { checkAssociation } from './association.ts'
import type { ElbWorld } from './elb-world.ts'
import { invalid, notModelled } from './errors.ts'
import { atMostOne, numberWithin, oneOf } from './fields.ts'
import type { Action, Listener, LoadBalancer } from './model.ts'
import { pageOf } from './pages.ts'
import { protocols } from './protocols.ts'
import { routeRequest } from './route-request.ts'

function checkProtocol(input: JsonObject): void {
  const protocol = oneOf(input, 'Protocol', protocols)
  if (protocol === 'HTTPS') throw notModelled('HTTPS listeners')
  if (protocol !== undefined && protocol !== 'HTTP') {
    throw new ServiceError(
      'UnsupportedProtocol',
      `Protocol '${protocol}' is not supported on an ALB listener`,
    )
  }
  if (objectList(input, 'Certificates').length > 0 || optionalText(input, 'SslPolicy') !== undefined) {
    throw invalid('Certificates and security policies cannot be specified for HTTP listeners')
  }
}

function defaultAction({ arn, rules }: Listener): Action {
  const rule = rules.find((one) => one.priority === 'default')
  // Each listener is made with a default rule, which cannot be deleted.
  if (rule === undefined) throw new Error(`${arn} has lost its default rule`)
  return rule.action
}

function listenerView(listener: Listener): JsonObject {
  return {
    ListenerArn: listener.arn,
    LoadBalancerArn: listener.loadBalancer.arn,
    Port: listener.port,
    Protocol: 'HTTP',
    DefaultActions: [actionView(defaultAction(listener))],
  }
}

/** Opens the listener's port on the load balancer's own address. */
async function open({ clock, counter, violated }: ElbWorld, listener: Listener): Promise<void> {
  const { loadBalancer, port } = listener
  const front = await openFront({
    clock,
    counter,
    violated,
    address: loadBalancer.address,
    port,
    loadBalancer: tail(loadBalancer.arn),
    idleSeconds: () => Number(loadBalancer.attributes.get('idle_timeout.timeout_seconds')),
    route: (request) => routeRequest(listener, request),
  })
  listener.close = async () => await front[Symbol.asyncDispose]()
}

/** Source: API reference, CreateListener: the same settings again succeed, others on the same port do not. */
function checkPortFree(loadBalancer: LoadBalancer, port: number, action: Action): Listener | undefined {
  const same = loadBalancer.listeners.find((listener) => listener.port === port)
  if (same === undefined) return undefined
  if (JSON.stringify(actionView(defaultAction(same))) === JSON.stringify(actionView(action))) return same
  throw new ServiceError(
    'DuplicateListener',
    `A listener already exists on this port for this load balancer '${loadBalancer.arn}'`,
  )
}

async function createListener(world: ElbWorld, input: JsonObject): Promise<Listener> {
  const { state } = world
  const loadBalancer = state.loadBalancer(text(input, 'LoadBalancerArn'))
  const port = required(numberWithin(input, 'Port', 1, 65_535), 'port')
  required(optionalText(input, 'Protocol'), 'protocol')
  checkProtocol(input)
  const action = readAction(state, input, 'DefaultActions')
  checkAssociation(state, action, loadBalancer)
  const same = checkPortFree(loadBalancer, port, action)
  if (same !== undefined) return same
  const arn = listenerArn(loadBalancer.arn)
  const rules: Listener['rules'] = [{ arn: ruleArn(arn), priority: 'default', conditions: [], action }]
  const listener: Listener = { arn, loadBalancer, port, rules, close: async () => {} }
  // In the list before its port is open, so that a second call meanwhile sees it.
  loadBalancer.listeners.push(listener)
  try {
    await open(world, listener)
  } catch (error) {
    loadBalancer.listeners = loadBalancer.listeners.filter((one) => one !== listener)
    throw error
  }
  state.refreshUse()
  return listener
}

function describeListeners({ state }: ElbWorld, input: JsonObject): Listener[] {
  if (!atMostOne(input, ['LoadBalancerArn', 'ListenerArns'])) {
    throw invalid('You must specify either listener ARNs or a load balancer ARN')
  }
  const loadBalancer = optionalText(input, 'LoadBalancerArn')
  if (loadBalancer !== undefined) return state.loadBalancer(loadBalancer).listeners
  return textList(input, 'ListenerArns').map((arn) => state.listener(arn))
}

function modifyListener({ state }: ElbWorld, input: JsonObject): Listener {
  const listener = state.listener(text(input, 'ListenerArn'))
  checkProtocol(input)
  const port = numberWithin(input, 'Port', 1, 65_535)
  if (port !== undefined && port !== listener.port) throw notModelled('moving a listener to another port')
  if (input.DefaultActions === undefined) return listener
  const action = readAction(state, input, 'DefaultActions')
  checkAssociation(state, action, listener.loadBalancer)
  listener.rules = listener.rules.map((rule) => (rule.priority === 'default' ? { ...rule, action } : rule))
  state.refreshUse()
  return listener
}

async function deleteListener({ state }: ElbWorld, input: JsonObject): Promise<JsonObject> {
  const listener = state.listener(text(input, 'ListenerArn'))
  const { loadBalancer } = listener
  loadBalancer.listeners = loadBalancer.listeners.filter((one) => one !== listener)
  state.refreshUse()
  await listener.close()
  return {}
}

export function listenerOperations(world: ElbWorld): Record<string, Operation> {
  return {
    CreateListener: async (input) => ({ Listeners: [listenerView(await createListener(world, input))] }),
    DescribeListeners: (input) => pageOf(input, 'Listeners', describeListeners(world, input), listenerView),
    ModifyListener: (input) => ({ Listeners: [listenerView(modifyListener(world, input))] }),
    DeleteListener: (input) => deleteListener(world, input),
  }
}
