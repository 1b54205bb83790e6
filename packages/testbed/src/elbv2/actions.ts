import { weightedRotation } from '../balancer/rotation.ts'
import { flag, object, objectList, optionalText, required, text } from '../wire/input.ts'
import { type JsonObject, present } from '../wire/json.ts'
import { ServiceError } from '../wire/service-error.ts'
import type { ElbState } from './elb-state.ts'
import { invalid, notModelled } from './errors.ts'
import { numberWithin, oneOf } from './fields.ts'
import type { Action, FixedResponse, Forward, WeightedGroup } from './model.ts'

const actionTypes = [
  'forward',
  'fixed-response',
  'redirect',
  'authenticate-oidc',
  'authenticate-cognito',
  'jwt-validation',
] as const

/** At most five target groups for a forward action. Source: "Quotas for your Application Load Balancers". */
const mostGroups = 5

function badAction(message: string): ServiceError {
  return new ServiceError('InvalidLoadBalancerAction', message)
}

function readGroups(state: ElbState, config: JsonObject): WeightedGroup[] {
  const groups = objectList(config, 'TargetGroups').map((one) => ({
    group: state.targetGroup(text(one, 'TargetGroupArn')),
    weight: numberWithin(one, 'Weight', 0, 999) ?? 1,
  }))
  if (groups.length > mostGroups) {
    throw new ServiceError(
      'TooManyTargetGroups',
      `A forward action can have at most ${mostGroups} target groups`,
    )
  }
  if (new Set(groups.map(({ group }) => group)).size < groups.length) {
    throw badAction('A forward action cannot name the same target group twice')
  }
  return groups
}

function readStickiness(config: JsonObject): Forward['stickiness'] {
  const given = object(config, 'TargetGroupStickinessConfig') ?? {}
  const enabled = flag(given, 'Enabled') ?? false
  const durationSeconds = numberWithin(given, 'DurationSeconds', 1, 604_800)
  if (enabled && durationSeconds === undefined) {
    throw badAction('Target group stickiness duration must be specified when stickiness is enabled')
  }
  return { enabled, durationSeconds }
}

/** A forward to one group may be written in either form, or in both when they agree (aws-model.md 2.3). */
function readForward(state: ElbState, input: JsonObject): Forward {
  const arn = optionalText(input, 'TargetGroupArn')
  const config = object(input, 'ForwardConfig') ?? {}
  const configured = readGroups(state, config)
  const plain = arn === undefined ? [] : [{ group: state.targetGroup(arn), weight: 1 }]
  const groups = configured.length > 0 ? configured : plain
  if (groups.length === 0) throw badAction('A forward action must have a target group')
  const [first] = plain
  if (first !== undefined && (groups.length > 1 || groups[0]?.group !== first.group)) {
    throw badAction('TargetGroupArn and ForwardConfig must name the same, single target group')
  }
  const turns = groups.map(({ group, weight }) => ({ value: group, weight }))
  return { kind: 'forward', groups, stickiness: readStickiness(config), next: weightedRotation(turns) }
}

function readFixedResponse(input: JsonObject): FixedResponse {
  const config = required(object(input, 'FixedResponseConfig'), 'fixedResponseConfig')
  const status = text(config, 'StatusCode')
  if (!/^[245]\d\d$/.test(status)) throw badAction(`Status code '${status}' must be 2XX, 4XX or 5XX`)
  const body = optionalText(config, 'MessageBody') ?? ''
  if (body.length > 1_024) throw badAction('Message body cannot be longer than 1024 characters')
  return {
    kind: 'fixed-response',
    status: Number(status),
    contentType: optionalText(config, 'ContentType') ?? 'text/plain',
    body,
  }
}

/** The one action of a listener or rule. `member` is `DefaultActions` or `Actions`. */
export function readAction(state: ElbState, input: JsonObject, member: string): Action {
  const [action, second] = objectList(input, member)
  if (action === undefined) throw invalid(`At least one action must be specified in ${member}`)
  if (second !== undefined) throw notModelled('rules with several actions')
  const type = required(oneOf(action, 'Type', actionTypes), 'type')
  if (type === 'forward') return readForward(state, action)
  if (type === 'fixed-response') return readFixedResponse(action)
  throw notModelled(`actions of type ${type}`)
}

function forwardView({ groups, stickiness }: Forward): JsonObject {
  const [only] = groups
  return present({
    Type: 'forward',
    TargetGroupArn: groups.length === 1 ? only?.group.arn : undefined,
    ForwardConfig: {
      TargetGroups: groups.map(({ group, weight }) => ({ TargetGroupArn: group.arn, Weight: weight })),
      TargetGroupStickinessConfig: present({
        Enabled: stickiness.enabled,
        DurationSeconds: stickiness.durationSeconds,
      }),
    },
  })
}

/** As DescribeListeners and DescribeRules show it: a forward to one group in both forms. */
export function actionView(action: Action): JsonObject {
  if (action.kind === 'forward') return forwardView(action)
  const { status, contentType, body } = action
  return {
    Type: 'fixed-response',
    FixedResponseConfig: { StatusCode: `${status}`, ContentType: contentType, MessageBody: body },
  }
}
