import type { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2'
import { wiredStand } from './wired-stand.fixture.ts'

const prefix = 'arn:aws:elasticloadbalancing:us-east-1:111122223333:'
const hex = '0123456789abcdef'

/** Well-formed ARNs that name nothing. */
export const noGroup: string = `${prefix}targetgroup/none/${hex}`
export const noBalancer: string = `${prefix}loadbalancer/app/none/${hex}`
export const noListener: string = `${prefix}listener/app/none/${hex}/${hex}`
export const noRule: string = `${prefix}listener-rule/app/none/${hex}/${hex}/${hex}`

/** What is there when a row runs: load balancer `web` with a listener on 8080, group `web` behind it, group `free`. */
export interface There {
  loadBalancer: string
  listener: string
  group: string
  free: string
}

/** A bad value, the call that carries it, the error's name in the SDK, and what its message says. */
export type Row = [string, (elb: ElasticLoadBalancingV2, there: There) => Promise<unknown>, string, RegExp]

export interface Refusals {
  /** The rows that did not end as they say, with what came instead; empty when all is well. */
  unexpected: string[]
  /** Everything that Describe calls show, before and after the rows. */
  before: unknown
  after: unknown
}

/** What a call was refused with, or `no refusal`. */
async function refusal(call: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await call
  } catch (error) {
    if (error instanceof Error) return error
  }
  return { name: 'no refusal', message: '' }
}

/** Makes each row's call. */
export async function refusals(rows: readonly Row[]): Promise<Refusals> {
  await using stand = await wiredStand()
  const loadBalancer = await stand.loadBalancer('web')
  const group = await stand.targetGroup('web')
  const free = await stand.targetGroup('free')
  const listener = await stand.listener(loadBalancer, group)
  const state = async () => {
    const { LoadBalancers } = await stand.elb.describeLoadBalancers({})
    const { Listeners } = await stand.elb.describeListeners({ LoadBalancerArn: loadBalancer })
    const { TargetGroups } = await stand.elb.describeTargetGroups({})
    const { Rules } = await stand.elb.describeRules({ ListenerArn: listener })
    const { Attributes } = await stand.elb.describeTargetGroupAttributes({ TargetGroupArn: free })
    const { TargetHealthDescriptions } = await stand.elb.describeTargetHealth({ TargetGroupArn: free })
    const names = LoadBalancers?.map((one) => one.LoadBalancerName)
    return { names, Listeners, TargetGroups, Rules, Attributes, TargetHealthDescriptions }
  }
  const before = await state()
  const unexpected: string[] = []
  for (const [title, call, expected, pattern] of rows) {
    const { name, message } = await refusal(call(stand.elb, { loadBalancer, group, free, listener }))
    if (name !== expected || !pattern.test(message)) unexpected.push(`${title}: ${name}: ${message}`)
  }
  return { unexpected, before, after: await state() }
}
