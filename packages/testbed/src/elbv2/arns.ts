import { randomBytes } from 'node:crypto'
import { arn, type Place } from '../wire/place.ts'
import { invalid } from './errors.ts'

const hex = (): string => randomBytes(8).toString('hex')

/** The part of an ARN that CloudWatch dimensions show: `app/web/<hex>` or `targetgroup/web/<hex>`. */
export function tail(resourceArn: string): string {
  const resource = resourceArn.split(':').slice(5).join(':')
  return resource.replace(/^loadbalancer\//, '')
}

export function loadBalancerArn(place: Place, name: string): string {
  return arn(place, 'elasticloadbalancing', `loadbalancer/app/${name}/${hex()}`)
}

export function targetGroupArn(place: Place, name: string): string {
  return arn(place, 'elasticloadbalancing', `targetgroup/${name}/${hex()}`)
}

export function listenerArn(ofLoadBalancer: string): string {
  return `${ofLoadBalancer.replace(':loadbalancer/', ':listener/')}/${hex()}`
}

export function ruleArn(ofListener: string): string {
  return `${ofListener.replace(':listener/', ':listener-rule/')}/${hex()}`
}

type Kind = 'load balancer' | 'target group' | 'listener' | 'listener rule'

const shapes: Readonly<Record<Kind, RegExp>> = {
  'load balancer': /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:loadbalancer\/(app|net|gwy)\/[\w-]+\/\w+$/,
  'target group': /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:targetgroup\/[\w-]+\/\w+$/,
  listener: /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:listener\/(app|net|gwy)(\/[\w-]+){3}$/,
  'listener rule': /^arn:[\w-]+:elasticloadbalancing:[\w-]+:\d{12}:listener-rule\/(app|net)(\/[\w-]+){4}$/,
}

/** Throws the answer for what is no ARN of that kind, as opposed to one that names nothing. */
export function checkArn(kind: Kind, value: string): void {
  if (!shapes[kind].test(value)) throw invalid(`'${value}' is not a valid ${kind} ARN`)
}
