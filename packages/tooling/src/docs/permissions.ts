import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a permission is for, as an action's permissions.json says it. */
export interface Permission {
  for: string
  /** What the action does without it; absent where it cannot do without. */
  without?: string
  /** Why no recorded run makes this call. */
  unseen?: string
}

export interface Statement {
  sid: string
  resources: readonly string[]
  condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
  why?: string
  /** By the IAM action. */
  actions: Readonly<Record<string, Permission>>
}

/** The calls of an action, each with the permission that it needs. */
export interface Permissions {
  statements: readonly Statement[]
  /** Calls that everybody may make, with what they are for. */
  withoutPermission: Readonly<Record<string, string>>
  /** Who makes only those calls that read, and whose role therefore needs only their permissions; absent where nobody does. */
  onlyReads?: string
}

export function permissionsOf(root: string, action: string): Permissions {
  return JSON.parse(readFileSync(join(root, 'actions', action, 'permissions.json'), 'utf8'))
}

/** The policy document, for a role's inline policy. The words in capitals are the reader's to replace. */
export function policyOf({ statements }: Permissions): object {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ sid, actions, resources, condition }) => ({
      Sid: sid,
      Effect: 'Allow',
      Action: oneOrMore(Object.keys(actions)),
      Resource: oneOrMore(resources),
      ...(condition === undefined ? {} : { Condition: condition }),
    })),
  }
}

/** IAM names what reads so; a name that begins otherwise counts as writing. */
const reading = /:(BatchGet|Describe|Get|List)[A-Z]/

/** The policy document for a role that may only look. Without the names of the statements, which say what is left out here. */
export function readingPolicyOf({ statements }: Permissions): object {
  const reads = statements.flatMap(({ actions, resources, condition }) => {
    const names = Object.keys(actions).filter((name) => reading.test(name))
    if (names.length === 0) return []
    const Condition = condition === undefined ? {} : { Condition: condition }
    return [{ Effect: 'Allow', Action: oneOrMore(names), Resource: oneOrMore(resources), ...Condition }]
  })
  return { Version: '2012-10-17', Statement: reads }
}

function oneOrMore(values: readonly string[]): string | readonly string[] {
  return values.length === 1 && values[0] !== undefined ? values[0] : values
}

const introduction = `<!-- Made by npm run docs from actions/*/permissions.json. -->

# IAM policies

Each policy below is all that its action asks for, and holds for one service or one repository. Replace the words in capitals; in the
China and GovCloud partitions replace \`arn:aws:\` too. To build and to deploy are two jobs with a role each: give each role the policy of its
action and nothing else, and let only its job assume it. The one trusts the default branch, the other the GitHub environment. A single job that
does both needs a role with both policies.

A call that the role may not make ends in an error or a notice that names the IAM action, the resource and the statement that is
missing. The tables say which permissions an action can do without, and what it does then. A test compares the calls that the actions
were seen to make with these tables, in both directions.
`

/** The guide: for each action its policy, and what each permission is for. */
export function policiesGuide(actions: readonly { name: string; permissions: Permissions }[]): string {
  return [introduction, ...actions.map(({ name, permissions }) => sectionOf(name, permissions))].join('\n')
}

function sectionOf(name: string, permissions: Permissions): string {
  const { statements, withoutPermission } = permissions
  const rows = statements.flatMap(({ actions }) =>
    Object.entries(actions).map(
      ([action, each]) => `| \`${action}\` | ${each.for} | ${each.without ?? '*required*'} |`,
    ),
  )
  const reasons = statements.flatMap(({ sid, why }) => (why === undefined ? [] : [`- \`${sid}\`: ${why}`]))
  const free = Object.entries(withoutPermission).map(
    ([call, why]) => `- \`${call}\` needs no permission: ${why}`,
  )
  const notes = [...reasons, ...free]
  return `## ${name}

\`\`\`json
${JSON.stringify(policyOf(permissions), null, 2)}
\`\`\`
${notes.length === 0 ? '' : `\n${notes.join('\n')}\n`}
| Permission | For | Without it |
| --- | --- | --- |
${rows.join('\n')}
${lookingOf(permissions)}`
}

function lookingOf(permissions: Permissions): string {
  const { onlyReads } = permissions
  if (onlyReads === undefined) return ''
  return `
### Only to look

${onlyReads}

\`\`\`json
${JSON.stringify(readingPolicyOf(permissions), null, 2)}
\`\`\`
`
}
