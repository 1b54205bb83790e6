import { objectList, text } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import { invalid, notModelled } from './errors.ts'

/** What an attribute may be. `stays` marks one that the testbed keeps at its default, as nothing would come of a change. */
type Rule = { kind: 'number'; least: number; most: number; orElse?: string } | { kind: 'stays' }

interface Attribute {
  key: string
  value: string
  rule: Rule
}

const stays = (key: string, value: string): Attribute => ({ key, value, rule: { kind: 'stays' } })

/** Defaults and ranges. Source: "Target groups for your Application Load Balancers", target group attributes. */
const targetGroupAttributes: readonly Attribute[] = [
  {
    key: 'deregistration_delay.timeout_seconds',
    value: '300',
    rule: { kind: 'number', least: 0, most: 3_600 },
  },
  stays('stickiness.enabled', 'false'),
  stays('stickiness.type', 'lb_cookie'),
  stays('stickiness.lb_cookie.duration_seconds', '86400'),
  stays('slow_start.duration_seconds', '0'),
  stays('load_balancing.cross_zone.enabled', 'use_load_balancer_configuration'),
  {
    key: 'target_group_health.unhealthy_state_routing.minimum_healthy_targets.count',
    value: '1',
    rule: { kind: 'number', least: 1, most: 1_000 },
  },
  {
    key: 'target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage',
    value: 'off',
    rule: { kind: 'number', least: 1, most: 100, orElse: 'off' },
  },
]

const algorithmKey = 'load_balancing.algorithm.type'
const algorithms = ['round_robin', 'least_outstanding_requests'] as const

/** Source: "Application Load Balancers", load balancer attributes. */
const loadBalancerAttributes: readonly Attribute[] = [
  { key: 'idle_timeout.timeout_seconds', value: '60', rule: { kind: 'number', least: 1, most: 4_000 } },
  stays('deletion_protection.enabled', 'false'),
  stays('routing.http2.enabled', 'true'),
  stays('access_logs.s3.enabled', 'false'),
]

export function defaultTargetGroupAttributes(): Map<string, string> {
  const attributes = new Map(targetGroupAttributes.map(({ key, value }) => [key, value]))
  return attributes.set(algorithmKey, 'round_robin')
}

export function defaultLoadBalancerAttributes(): Map<string, string> {
  return new Map(loadBalancerAttributes.map(({ key, value }) => [key, value]))
}

function checkAttribute(known: readonly Attribute[], key: string, value: string): void {
  const attribute = known.find((one) => one.key === key)
  if (attribute === undefined) throw invalid(`Attribute key '${key}' is not recognized`)
  const { rule } = attribute
  if (rule.kind === 'stays') {
    if (value !== attribute.value) throw notModelled(`${key} '${value}', only '${attribute.value}'`)
    return
  }
  if (value === rule.orElse) return
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < rule.least || number > rule.most) {
    throw invalid(`The value '${value}' of '${key}' must be between '${rule.least}' and '${rule.most}'`)
  }
}

function given(input: JsonObject): { key: string; value: string }[] {
  const attributes = objectList(input, 'Attributes')
  if (attributes.length === 0) throw invalid('At least one attribute must be specified')
  return attributes.map((one) => ({ key: text(one, 'Key'), value: text(one, 'Value') }))
}

/** Checks all of a Modify call's attributes, then sets them; the others stay. */
export function setLoadBalancerAttributes(attributes: Map<string, string>, input: JsonObject): void {
  const changes = given(input)
  for (const { key, value } of changes) checkAttribute(loadBalancerAttributes, key, value)
  for (const { key, value } of changes) attributes.set(key, value)
}

/** As above, for a target group. */
export function setTargetGroupAttributes(attributes: Map<string, string>, input: JsonObject): void {
  const changes = given(input)
  for (const { key, value } of changes) {
    if (key !== algorithmKey) checkAttribute(targetGroupAttributes, key, value)
    else if (value === 'weighted_random') throw notModelled(`${key} 'weighted_random'`)
    else if (!algorithms.some((one) => one === value)) throw invalid(`'${value}' is not a valid ${key}`)
  }
  for (const { key, value } of changes) attributes.set(key, value)
}

export function attributesView(attributes: ReadonlyMap<string, string>): JsonObject {
  return { Attributes: [...attributes].map(([Key, Value]) => ({ Key, Value })) }
}
