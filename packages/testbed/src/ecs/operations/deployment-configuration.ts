import { flag, object, optionalText, required, textList, wholeNumber } from '../../wire/input.ts'
import type { JsonObject } from '../../wire/json.ts'
import type { CircuitBreaker } from '../model.ts'
import { invalidParameter, notModelled } from './refusals.ts'
import { withoutNulls } from './task-definition-defaults.ts'

/** What a request's `deploymentConfiguration` says; absent members are to stay as they are. */
export interface DeploymentConfiguration {
  minimumHealthyPercent: number | undefined
  maximumPercent: number | undefined
  circuitBreaker: CircuitBreaker | undefined
  /** The members that the model does not know. */
  rest: JsonObject
}

/** The breaker of a service that never set one. */
export const breakerOff: CircuitBreaker = {
  enable: false,
  rollback: false,
  resetOnHealthyTask: true,
  threshold: { type: 'BOUNDED_PERCENT', value: 50 },
}

/** Reads `deploymentConfiguration`, refusing what is wrong and what the testbed does not model. */
export function readDeploymentConfiguration(input: JsonObject): DeploymentConfiguration {
  const given = withoutNulls(object(input, 'deploymentConfiguration') ?? {})
  const {
    minimumHealthyPercent: _min,
    maximumPercent: _max,
    deploymentCircuitBreaker: _breaker,
    ...rest
  } = given
  const strategy = optionalText(given, 'strategy') ?? 'ROLLING'
  if (strategy !== 'ROLLING') throw notModelled(`deployment strategy ${strategy}`)
  checkAlarms(given)
  const early = object(given, 'earlySuccessCriteria') ?? {}
  if (flag(early, 'enable')) throw notModelled('early success criteria')
  return {
    minimumHealthyPercent: percent(given, 'minimumHealthyPercent', 0, 100),
    maximumPercent: percent(given, 'maximumPercent', 100, 200),
    circuitBreaker: readBreaker(given),
    rest,
  }
}

/** Source: API Reference, "DeploymentAlarms": all three members are required. */
function checkAlarms(given: JsonObject): void {
  const alarms = object(given, 'alarms')
  if (!alarms) return
  for (const name of ['enable', 'rollback'])
    required(flag(alarms, name), `deploymentConfiguration.alarms.${name}`)
  if (textList(alarms, 'alarmNames').length === 0) {
    throw invalidParameter('Alarm names must be specified for deployment alarms.')
  }
}

function percent(given: JsonObject, name: string, least: number, most: number): number | undefined {
  const value = wholeNumber(given, name)
  if (value !== undefined && (value < least || value > most)) {
    throw invalidParameter(`${name} must be between ${least} and ${most}.`)
  }
  return value
}

/** With both at 100 the scheduler could neither start nor stop a task, so AWS refuses the pair. */
export function checkPercents(minimumHealthyPercent: number, maximumPercent: number): void {
  if (minimumHealthyPercent === 100 && maximumPercent === 100) {
    throw invalidParameter(
      'Both maximumPercent and minimumHealthyPercent cannot be 100 as this will block deployments.',
    )
  }
}

function readBreaker(given: JsonObject): CircuitBreaker | undefined {
  const breaker = object(given, 'deploymentCircuitBreaker')
  if (!breaker) return undefined
  const configured = object(breaker, 'thresholdConfiguration')
  return {
    enable: required(flag(breaker, 'enable'), 'deploymentConfiguration.deploymentCircuitBreaker.enable'),
    rollback: required(
      flag(breaker, 'rollback'),
      'deploymentConfiguration.deploymentCircuitBreaker.rollback',
    ),
    resetOnHealthyTask: flag(breaker, 'resetOnHealthyTask') ?? true,
    threshold: configured ? readThreshold(configured) : breakerOff.threshold,
  }
}

function readThreshold(configured: JsonObject): CircuitBreaker['threshold'] {
  const kinds = ['BOUNDED_PERCENT', 'UNBOUNDED_PERCENT', 'COUNT'] as const
  const given = optionalText(configured, 'type')
  const type = kinds.find((kind) => kind === given)
  const value = wholeNumber(configured, 'value')
  if (!type) throw invalidParameter('Invalid deployment circuit breaker threshold type.')
  if (value === undefined || value < 1 || (type !== 'COUNT' && value > 100)) {
    throw invalidParameter('Invalid deployment circuit breaker threshold value.')
  }
  return { type, value }
}
