import { ServiceError } from '../wire/service-error.ts'

// Codes are those of the API reference (aws-model.md 2.2). Of the texts only "One or more target groups not found" is
// established; the others are worded alike [assumed].

/** A value that does not fit; the query protocol's general code. */
export function invalid(message: string): ServiceError {
  return new ServiceError('ValidationError', message)
}

/** A value that fits the API but contradicts the resource, or that the testbed does not model and so refuses. */
export function invalidConfiguration(message: string): ServiceError {
  return new ServiceError('InvalidConfigurationRequest', message)
}

/** Refused honestly rather than accepted without effect. */
export function notModelled(what: string): ServiceError {
  return invalidConfiguration(`The testbed does not model ${what}.`)
}

/** The error of a value that breaks a constraint of the API model, in the form that all of them share. */
export function constraint(name: string, value: string, rule: string): ServiceError {
  const at = name.charAt(0).toLowerCase() + name.slice(1)
  return invalid(
    `1 validation error detected: Value '${value}' at '${at}' failed to satisfy constraint: ${rule}`,
  )
}

const missing = {
  LoadBalancerNotFound: 'One or more load balancers not found',
  TargetGroupNotFound: 'One or more target groups not found',
  ListenerNotFound: 'One or more listeners not found',
  RuleNotFound: 'One or more rules not found',
} as const

export function notFound(code: keyof typeof missing): ServiceError {
  return new ServiceError(code, missing[code])
}

export function duplicateName(kind: 'load balancer' | 'target group', name: string): ServiceError {
  const code = kind === 'load balancer' ? 'DuplicateLoadBalancerName' : 'DuplicateTargetGroupName'
  return new ServiceError(code, `A ${kind} with the same name '${name}' exists, but with different settings`)
}
