import { text } from '../../wire/input.ts'
import { isObject, type JsonObject } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import type { EcrWorld } from '../world.ts'
import { belongsTo, namedRepository } from './named-repository.ts'

function invalid(problem: string): ServiceError {
  const text = `Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: 'Lifecycle policy validation failure: ${problem}'`
  return new ServiceError('InvalidParameterException', text)
}

function check(policy: string): void {
  if (policy.length < 100 || policy.length > 30_720) throw invalid('length must be between 100 and 30720')
  let document: unknown
  try {
    document = JSON.parse(policy)
  } catch {
    throw invalid('not valid JSON')
  }
  const rules = isObject(document) ? document.rules : undefined
  if (!Array.isArray(rules) || rules.length === 0)
    throw invalid('object has missing required properties (["rules"])')
  if (rules.length > 50) throw invalid('at most 50 rules')
  const priorities = rules.map((rule) => checkRule(isObject(rule) ? rule : {}))
  if (new Set(priorities).size < priorities.length) throw invalid('rule priorities must be unique')
}

function checkRule(rule: JsonObject): number {
  const { rulePriority, selection, action } = rule
  if (typeof rulePriority !== 'number' || !isObject(selection) || !isObject(action)) {
    throw invalid('object has missing required properties (["action","rulePriority","selection"])')
  }
  const named = selection.tagPrefixList ?? selection.tagPatternList
  if (selection.tagStatus === 'tagged' && !Array.isArray(named)) {
    throw invalid('tagPrefixList or tagPatternList is required when tagStatus is tagged')
  }
  const timed = selection.countType === 'sinceImagePushed'
  if (timed !== (selection.countUnit !== undefined)) throw invalid('countUnit goes with sinceImagePushed')
  return rulePriority
}

/** PutLifecyclePolicy: kept and checked, and never carried out here. Source: ECR user guide, "Lifecycle policy properties". */
export function putLifecyclePolicy(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  const policy = text(input, 'lifecyclePolicyText')
  check(policy)
  ecr.records.of(repository).lifecyclePolicy = { text: policy, evaluatedAt: ecr.clock.now() }
  return { ...belongsTo(ecr, repository), lifecyclePolicyText: policy }
}

/** GetLifecyclePolicy. */
export function getLifecyclePolicy(ecr: EcrWorld, input: JsonObject): JsonObject {
  const repository = namedRepository(ecr, input)
  const policy = ecr.records.of(repository).lifecyclePolicy
  if (!policy) {
    throw new ServiceError(
      'LifecyclePolicyNotFoundException',
      `Lifecycle policy does not exist for the repository with name '${repository.name}' in the registry with id '${ecr.place.accountId}'`,
    )
  }
  const view = { lifecyclePolicyText: policy.text, lastEvaluatedAt: policy.evaluatedAt / 1000 }
  return { ...belongsTo(ecr, repository), ...view }
}

/** DeleteLifecyclePolicy answers with the policy that it deleted. */
export function deleteLifecyclePolicy(ecr: EcrWorld, input: JsonObject): JsonObject {
  const answer = getLifecyclePolicy(ecr, input)
  delete ecr.records.of(namedRepository(ecr, input)).lifecyclePolicy
  return answer
}
