import { optionalText, required, text, textList } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import type { Operation } from '../wire/service.ts'
import { ServiceError } from '../wire/service-error.ts'
import { actionView, readAction } from './actions.ts'
import { ruleArn } from './arns.ts'
import { checkAssociation } from './association.ts'
import { conditionView, readConditions } from './conditions.ts'
import type { ElbWorld } from './elb-world.ts'
import { invalid } from './errors.ts'
import { atMostOne, numberWithin } from './fields.ts'
import type { Listener, Rule } from './model.ts'
import { pageOf } from './pages.ts'

/** Rules per load balancer, default rules not counted. Source: "Quotas for your Application Load Balancers". */
const mostRules = 100

function ruleView(rule: Rule): JsonObject {
  return {
    RuleArn: rule.arn,
    Priority: `${rule.priority}`,
    Conditions: rule.conditions.map(conditionView),
    Actions: [actionView(rule.action)],
    IsDefault: rule.priority === 'default',
  }
}

function checkRoom(listener: Listener, priority: number): void {
  if (listener.rules.some((rule) => rule.priority === priority)) {
    throw new ServiceError('PriorityInUse', `Priority '${priority}' is currently in use`)
  }
  const { listeners } = listener.loadBalancer
  const count = listeners.reduce((sum, one) => sum + one.rules.length - 1, 0)
  if (count >= mostRules)
    throw new ServiceError('TooManyRules', 'The maximum number of rules has been reached')
}

const order = (rule: Rule): number => (rule.priority === 'default' ? Number.POSITIVE_INFINITY : rule.priority)

function createRule({ state }: ElbWorld, input: JsonObject): Rule {
  const listener = state.listener(text(input, 'ListenerArn'))
  const priority = required(numberWithin(input, 'Priority', 1, 50_000), 'priority')
  const conditions = readConditions(input)
  const action = readAction(state, input, 'Actions')
  checkRoom(listener, priority)
  checkAssociation(state, action, listener.loadBalancer)
  const rule: Rule = { arn: ruleArn(listener.arn), priority, conditions, action }
  listener.rules = [...listener.rules, rule].sort((a, b) => order(a) - order(b))
  state.refreshUse()
  return rule
}

function describeRules({ state }: ElbWorld, input: JsonObject): Rule[] {
  if (!atMostOne(input, ['ListenerArn', 'RuleArns'])) {
    throw invalid('You must specify either listener rule ARNs or a listener ARN')
  }
  const listener = optionalText(input, 'ListenerArn')
  if (listener !== undefined) return state.listener(listener).rules
  return textList(input, 'RuleArns').map((arn) => state.rule(arn).rule)
}

function changeable(
  { state }: ElbWorld,
  input: JsonObject,
  verb: string,
): { listener: Listener; rule: Rule } {
  const found = state.rule(text(input, 'RuleArn'))
  if (found.rule.priority !== 'default') return found
  throw new ServiceError('OperationNotPermitted', `Default rule '${found.rule.arn}' cannot be ${verb}`)
}

/** Actions and conditions replace the old ones; what is not named stays. */
function modifyRule(world: ElbWorld, input: JsonObject): Rule {
  const { state } = world
  const { listener, rule } = changeable(world, input, 'modified')
  const conditions = input.Conditions === undefined ? rule.conditions : readConditions(input)
  const action = input.Actions === undefined ? rule.action : readAction(state, input, 'Actions')
  checkAssociation(state, action, listener.loadBalancer)
  const changed: Rule = { ...rule, conditions, action }
  listener.rules = listener.rules.map((one) => (one === rule ? changed : one))
  state.refreshUse()
  return changed
}

function deleteRule(world: ElbWorld, input: JsonObject): JsonObject {
  const { listener, rule } = changeable(world, input, 'deleted')
  listener.rules = listener.rules.filter((one) => one !== rule)
  world.state.refreshUse()
  return {}
}

export function ruleOperations(world: ElbWorld): Record<string, Operation> {
  return {
    CreateRule: (input) => ({ Rules: [ruleView(createRule(world, input))] }),
    DescribeRules: (input) => pageOf(input, 'Rules', describeRules(world, input), ruleView),
    ModifyRule: (input) => ({ Rules: [ruleView(modifyRule(world, input))] }),
    DeleteRule: (input) => deleteRule(world, input),
  }
}
