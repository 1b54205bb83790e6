import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { permissionsOf } from '../docs/permissions.ts'
import { root } from '../repository.ts'
import { startEmulator } from './emulator/emulator.ts'
import { beyond } from './iam/beyond.ts'
import { reachBeyond } from './iam/reach.ts'
import { actionsWithoutResource, supportsResources, withoutResources } from './iam/resources.ts'
import { rightsOf } from './iam/rights.ts'
import { type Statement, statementsOf } from './iam/statements.ts'
import { evaluateTrust, type WebIdentity } from './iam/trust-policy.ts'
import { type PlannedResource, plannedResources, textOf } from './plan-json.ts'
import { openStack } from './stack-run.ts'
import { workspace } from './workspace.ts'

let resources: PlannedResource[] = []

/** Prod as planned, with everything on that adds rights. */
beforeAll(async () => {
  await using emulator = await startEmulator()
  using copy = workspace()
  const variables = {
    network: {
      vpc_id: 'vpc-1',
      public_subnet_ids: ['subnet-1', 'subnet-2'],
      private_subnet_ids: ['subnet-3', 'subnet-4'],
    },
    domain: { name: 'app.example.com', zone_id: 'Z0123456789ABCDEFGHIJ' },
    github: {
      owner: 'octo-org',
      name: 'orders',
      owner_id: 1234,
      id: 5678,
      state_bucket: 'octo-state',
      terraform_roles: true,
      state_kms_key_arn: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    },
  }
  const service = await openStack(copy, 'service', emulator, variables, ['environments/prod.tfvars'])
  resources = plannedResources(await service.plan())
})

const planned = (type: string): PlannedResource[] => resources.filter((resource) => resource.type === type)

describe('the roles for GitHub, as planned', () => {
  const provider = 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com'
  const token = (sub: string, aud = 'sts.amazonaws.com'): WebIdentity => ({
    provider,
    context: {
      'token.actions.githubusercontent.com:sub': sub,
      'token.actions.githubusercontent.com:aud': aud,
    },
  })

  /** Who gets which of prod's roles. */
  test.each<[string, WebIdentity, string[]]>([
    [
      'the environment, by name',
      token('repo:octo-org/orders:environment:prod'),
      ['apply', 'deploy', 'operate'],
    ],
    [
      'the environment, by id',
      token('repo:octo-org@1234/orders@5678:environment:prod'),
      ['apply', 'deploy', 'operate'],
    ],
    ['the default branch, by name', token('repo:octo-org/orders:ref:refs/heads/main'), ['build', 'plan']],
    [
      'the default branch, by id',
      token('repo:octo-org@1234/orders@5678:ref:refs/heads/main'),
      ['build', 'plan'],
    ],
    ['a pull request, by name', token('repo:octo-org/orders:pull_request'), ['plan']],
    ['a pull request, by id', token('repo:octo-org@1234/orders@5678:pull_request'), ['plan']],
    ['another environment', token('repo:octo-org/orders:environment:dev'), []],
    ['an environment whose name begins alike', token('repo:octo-org/orders:environment:prod-eu'), []],
    ['another branch', token('repo:octo-org/orders:ref:refs/heads/feature'), []],
    ['a branch that ends alike', token('repo:octo-org/orders:ref:refs/heads/x/main'), []],
    ['a tag of the branch’s name', token('repo:octo-org/orders:ref:refs/tags/main'), []],
    ['a fork’s pull request, run in the fork', token('repo:mallory/orders:pull_request'), []],
    ['a fork’s default branch', token('repo:mallory/orders:ref:refs/heads/main'), []],
    ['a fork’s environment of the same name', token('repo:mallory@999/orders@888:environment:prod'), []],
    ['another repository of the owner', token('repo:octo-org/billing:environment:prod'), []],
    ['a repository whose name begins alike', token('repo:octo-org/orders-fork:environment:prod'), []],
    [
      'the name, taken over by another repository',
      token('repo:octo-org@1234/orders@9999:environment:prod'),
      [],
    ],
    ['the owner’s name, taken over', token('repo:octo-org@6666/orders@5678:environment:prod'), []],
    ['another spelling', token('repo:Octo-Org/orders:environment:prod'), []],
    [
      'a token for another audience',
      token('repo:octo-org/orders:environment:prod', 'https://github.com/octo-org'),
      [],
    ],
    ['a wildcard in the token', token('repo:octo-org/orders:*'), []],
    [
      'another provider',
      {
        ...token('repo:octo-org/orders:environment:prod'),
        provider: provider.replace('token.actions', 'evil'),
      },
      [],
    ],
    [
      'a token without subject',
      { provider, context: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
      [],
    ],
  ])('%s', (_, identity, expected) => {
    const roles = planned('aws_iam_role').filter(({ address }) => address.includes('github_oidc'))
    const given = roles.filter(
      (role) => evaluateTrust(textOf(role, 'assume_role_policy'), identity) === 'allowed',
    )
    expect(roles).toHaveLength(5)
    expect(given.map(({ values: { name } }) => String(name).replace('example-app-prod-', '')).sort()).toEqual(
      expected,
    )
  })

  test('the roles of the tasks trust no token', () => {
    const tasks = planned('aws_iam_role').filter(({ address }) => address.includes('ecs_service'))
    expect(tasks).toHaveLength(2)
    for (const role of tasks)
      expect(
        evaluateTrust(
          textOf(role, 'assume_role_policy').replaceAll(/"ArnLike":\{[^}]*\},?/g, ''),
          token('repo:octo-org/orders:environment:prod'),
        ),
      ).toBe('not allowed')
  })

  /** Who owns the repositories is Terraform, so the build role creates none. */
  const creation = [
    'ecr:CreateRepository',
    'ecr:GetLifecyclePolicy',
    'ecr:PutLifecyclePolicy',
    'ecr:TagResource',
  ]
  test.each([
    ['deploy', 'ecs-deploy-verify', []],
    ['build', 'build-push-ecr', creation],
  ])('the role %s has the rights that %s asks for', (role, action, left) => {
    const policies = planned('aws_iam_role_policy').filter(({ address }) =>
      address.endsWith(`this["${role}"]`),
    )
    const granted = new Set(statementsOf(policies).flatMap(({ Action }) => Action))
    const asked = permissionsOf(root, action).statements.flatMap(({ actions }) => Object.keys(actions))
    expect(policies).toHaveLength(1)
    expect(asked.filter((name) => !granted.has(name)).sort()).toEqual(left)
  })

  test.each(Object.keys(beyond))('the role %s stays within its environment, but for a list', (role) => {
    const reached = (statements: readonly Statement[]): string[] =>
      reachBeyond(statements, 'example-app-prod').filter((line) => !line.endsWith(' *'))
    const listed = Object.entries(beyond[role] ?? {}).flatMap(([sid, { arns }]) =>
      arns.map((arn) => `${sid} ${arn}`),
    )
    const statements = rightsOf(resources, 'example-app-prod', role)
    expect(reached(statements)).toEqual(listed.sort())

    // The check notices each statement that is widened by a wildcard.
    for (const { Sid, Resource } of statements.filter((statement) => !statement.Resource.includes('*'))) {
      const wide = `${Resource[0]?.replace('example-app-prod', '')}*`
      const widened = statements.map((each) => (each.Sid === Sid ? { ...each, Resource: [wide] } : each))
      expect(reached(widened)).toContain(`${Sid} ${wide}`)
    }
  })

  const every = (): Statement[] =>
    statementsOf(
      [...planned('aws_iam_role_policy'), ...planned('aws_iam_policy')].filter(({ address }) =>
        address.includes('github_oidc'),
      ),
    )

  test('a right for some resources is one that AWS narrows, or it would never apply', async () => {
    const narrow = every().filter(({ Resource }) => !Resource.includes('*'))
    const actions = [...new Set(narrow.flatMap(({ Action }) => Action))].sort()
    expect(actions.length).toBeGreaterThan(100)
    expect(await withoutResources(actions)).toEqual([])
  })

  test('a right for every resource is one that AWS cannot narrow, and the README lists it', async () => {
    const wide = every().filter(({ Resource }) => Resource.includes('*'))
    const free = wide.filter(({ Condition }) => Condition === undefined)
    const actions = [...new Set(free.flatMap(({ Action }) => Action))].sort()
    expect(actionsWithoutResource(readFileSync(join(root, 'example-infra/README.md'), 'utf8'))).toEqual(
      actions,
    )
    expect(await supportsResources(actions)).toEqual([])
    const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/example-app-prod'
    for (const { Action, Condition } of wide.filter((statement) => !free.includes(statement)))
      expect({ Action, Condition }).toEqual({
        Action: ['ecs:ListTasks'],
        Condition: { ArnEquals: { 'ecs:cluster': cluster } },
      })
  })
})
