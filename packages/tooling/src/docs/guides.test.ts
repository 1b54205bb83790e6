import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { actionNames, root } from '../repository.ts'
import { permissionsOf, policyOf, readingPolicyOf } from './permissions.ts'

const folder = join(root, 'action-docs/guides')
const guides = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
const inputsOf = (action: string): string[] =>
  Object.keys(parse(readFileSync(join(root, 'actions', action, 'action.yml'), 'utf8')).inputs)

describe.each(guides)('$name', ({ text }) => {
  test('its links lead somewhere', () => {
    const targets = [...text.matchAll(/\]\((?!https:)([^)#]+)/g)].map(([, target = '']) => target)
    expect(targets.filter((target) => !existsSync(join(dirname(join(folder, 'x')), target)))).toEqual([])
  })

  test('its steps use inputs that the action has', () => {
    const blocks = [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block = '']) => parse(block))
    const steps: { uses?: string; with?: object }[] = blocks.flat()
    for (const { uses = '', with: inputs = {} } of steps) {
      const action = /ecs-release-actions\/actions\/([\w-]+)@/.exec(uses)?.[1]
      if (action !== undefined) expect(inputsOf(action)).toEqual(expect.arrayContaining(Object.keys(inputs)))
    }
  })
})

/** What the two actions take; the guide has a row for each. Source: their action.yml, v1.9 and v2.6. */
const renders =
  'task-definition task-definition-arn task-definition-family task-definition-revision container-name image environment-variables secrets env-files log-configuration-log-driver log-configuration-options docker-labels command task-role-arn execution-role-arn'
const deploys =
  'task-definition service cluster desired-count force-new-deployment wait-for-service-stability wait-for-minutes wait-max-delay-seconds keep-null-value-keys max-retries propagate-tags enable-ecs-managed-tags service-managed-ebs-volume service-managed-ebs-volume-name run-task run-task- wait-for-task-stopped codedeploy-appspec codedeploy-application codedeploy-deployment-group codedeploy-deployment-description codedeploy-deployment-config'

test.each([
  ['amazon-ecs-render-task-definition', renders],
  ['amazon-ecs-deploy-task-definition', deploys],
])('moving from %s: every input has a row, and what stands beside it exists here', (action, names) => {
  const text = guides.find(({ name }) => name.startsWith('moving-from'))?.text ?? ''
  const section = text.split('\n## ').find((each) => each.startsWith(`${action}\n`)) ?? ''
  const rows = section.split('\n').filter((line) => line.startsWith('| `'))
  const first = rows.map((row) => row.split('|')[1] ?? '').join()
  expect(names.split(' ').filter((name) => !first.includes(`\`${name}\``))).toEqual([])
  const here = new Set(inputsOf('ecs-deploy-verify'))
  const named = rows.flatMap((row) => /^ `([a-z-]+)`/.exec(row.split('|')[2] ?? '')?.[1] ?? [])
  const outputs = ['task-definition-file', 'task-definition-arn', 'deployment-id']
  expect(named.filter((name) => !here.has(name) && !outputs.includes(name))).toEqual([])
})

test.each(actionNames())(
  'the policy of %s names each action once, and no placeholder that it does not explain',
  (name) => {
    const text = JSON.stringify(policyOf(permissionsOf(root, name)))
    const actions = [...text.matchAll(/"(\w+:\w+)"/g)].map(([, action]) => action)
    expect(new Set(actions).size).toBe(actions.length)
    expect(text).not.toMatch(/\d{12}/)
  },
)

test('who only looks gets every permission of ecs-deploy-verify but those that write', () => {
  const permissions = permissionsOf(root, 'ecs-deploy-verify')
  const actionsOf = (policy: object): string[] =>
    [...JSON.stringify(policy).matchAll(/"(\w+:[A-Z]\w+)"(?!:)/g)].flatMap(([, action]) => action ?? [])
  const looks = actionsOf(readingPolicyOf(permissions))
  expect(actionsOf(policyOf(permissions)).filter((action) => !looks.includes(action))).toEqual([
    'ecs:UpdateService',
    'ecs:StopServiceDeployment',
    'ecs:RegisterTaskDefinition',
    'ecs:TagResource',
    'iam:PassRole',
  ])
  expect(JSON.stringify(readingPolicyOf(permissions))).toContain('"ecs:cluster"')
})

describe('the first deployment', () => {
  const text = guides.find(({ name }) => name === 'first-deployment.md')?.text ?? ''
  const read = (path: string): string => readFileSync(join(root, path), 'utf8')
  const matches = (pattern: RegExp, from: string): string[] =>
    [...from.matchAll(pattern)].flatMap(([, found]) => found ?? [])

  test('reads outputs and roles that the stacks have', () => {
    for (const [, stack = '', output = ''] of text.matchAll(/-chdir=(\w+) output -(?:raw|json) ([a-z_]+)/g))
      expect(read(`example-infra/stacks/${stack}/outputs.tf`)).toContain(`output "${output}" {`)
    const roles = matches(/^ {4}(\w+) +=/gm, read('example-infra/modules/github-oidc/roles.tf'))
    const used = matches(/jq -r \.(\w+)/g, text)
    expect(used).toContain('deploy')
    expect(roles).toEqual(expect.arrayContaining(used))
  })

  test('names every variable on GitHub that a workflow reads', () => {
    const workflows = readdirSync(join(root, '.github/workflows'))
    const variables = workflows.flatMap((name) =>
      matches(/\bvars\.([A-Z_]+)/g, read(`.github/workflows/${name}`)),
    )
    expect(variables).toContain('ECR_REPOSITORY')
    expect(
      [...new Set(variables)].filter(
        (name) => !text.includes(`| \`${name}\``) && !text.includes(`, \`${name}\` |`),
      ),
    ).toEqual([])
  })

  test('makes the environments of the stacks on GitHub, of which one owns the OIDC provider', () => {
    const folder = 'example-infra/stacks/service/environments'
    const stacks = readdirSync(join(root, folder)).flatMap((name) => /^(\w+)\.tfvars$/.exec(name)?.[1] ?? [])
    const named = /^for name in ([\w ]+); do\n {2}gh api --method PUT/m.exec(text)?.[1]?.split(' ') ?? []
    expect(named.toSorted()).toEqual(stacks.toSorted())
    // The reviewers go to one of these, by ids that are looked up.
    const approvals = guides.find(({ name }) => name === 'approvals.md')?.text ?? ''
    expect(named).toContain(/^export ENVIRONMENT=(\w+)$/m.exec(approvals)?.[1])
    expect(matches(/environments\/([^"\s]+)" /g, approvals)).toEqual(['$ENVIRONMENT', '$ENVIRONMENT'])
    expect(matches(/"id": ([^ ]+) \}\]/g, approvals)).toEqual(['$TEAM'])
    // Without a branch policy everybody who may push a branch has the roles of an environment.
    const [block = ''] = /^for name in [\s\S]*?^done$/m.exec(text) ?? []
    expect(block).toContain("'deployment_branch_policy[custom_branch_policies]=true'")
    expect(block).toContain('environments/$name/deployment-branch-policies" -f name=main')
    const owners = stacks.filter((name) => /^create_provider = true$/m.test(read(`${folder}/${name}.tfvars`)))
    expect(owners).toEqual(['dev'])
  })
})
