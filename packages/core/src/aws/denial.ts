/** What an access-denied error says, and the statement that would help. */
export interface Denial {
  message: string
  hint: string
}

const TEXT =
  /^User: (?<who>\S+) is not authorized to perform: (?<action>[\w-]+:\w+)(?: on resource: (?<resource>\S+))?\s*(?<why>because no .*|with an explicit deny.*)?$/i

/**
 * Reads the sentence of AWS; `action` is what was called, for the services that say less.
 * Source: IAM User Guide, "Troubleshoot access denied error messages".
 */
export function readDenial(text: string, action: string): Denial {
  const groups = TEXT.exec(text.trim())?.groups
  const denied = groups?.action ?? action
  const resource = groups?.resource
  const who = groups?.who === undefined ? '' : ` for ${groups.who}`
  const on = resource === undefined ? '' : ` on ${resource}`
  const said = groups === undefined && text !== '' ? ` (${text})` : groups?.why ? ` (${groups.why})` : ''
  return { message: `AWS does not allow ${denied}${on}${who}${said}`, hint: hintFor(denied, resource, text) }
}

function hintFor(action: string, resource: string | undefined, text: string): string {
  const deny = /explicit deny in an? ([\w -]+? policy|permissions boundary)/i.exec(text)
  if (deny !== null)
    return `An explicit deny (${deny[1]}) forbids it; allowing ${action} elsewhere does not help.`
  const statement = JSON.stringify({
    Effect: 'Allow',
    Action: action,
    Resource: generalised(resource ?? '*'),
  })
  const where =
    /because no (session|service control|VPC endpoint|resource-based) policy|because no permissions boundary/i.exec(
      text,
    )
  const place =
    where === null
      ? "the role's policy"
      : `the ${where[1] === undefined ? 'permissions boundary' : `${where[1]} policy`}`
  return `Add this statement to ${place}: ${statement}`
}

/**
 * The resource of a statement that still helps with the next task: what a deployment makes anew has `*` in place of its own id.
 * Source: Service Authorization Reference, resource types of Amazon ECS and Amazon CloudWatch Logs; our guide to IAM policies.
 */
function generalised(resource: string): string {
  const form = shortLived.find(({ arn }) => arn.test(resource))
  return form === undefined ? resource : resource.replace(form.arn, form.any)
}

const shortLived: readonly { arn: RegExp; any: string }[] = [
  {
    arn: /^(arn:[\w-]+:ecs:[^:]*:\d*:(?:task\/[^/]+|service-(?:deployment|revision)\/[^/]+\/[^/]+))\/[^/]+$/,
    any: '$1/*',
  },
  { arn: /^(arn:[\w-]+:ecs:[^:]*:\d*:task-definition\/[^/:]+):\d+$/, any: '$1:*' },
  // A call on all log groups is denied on one without a name.
  { arn: /^(arn:[\w-]+:logs:[^:]*:\d*:log-group):(?::log-stream:)?\*?$/, any: '$1:*' },
  { arn: /^(arn:[\w-]+:logs:[^:]*:\d*:log-group:[^:]+:log-stream):.*$/, any: '$1:*' },
]
