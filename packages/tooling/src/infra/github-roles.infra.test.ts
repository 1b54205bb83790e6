import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { permissionsOf } from '../docs/permissions.ts'
import { root } from '../repository.ts'
import { startEmulator } from './emulator/emulator.ts'
import { beyond } from './iam/beyond.ts'
import { reachBeyond } from './iam/reach.ts'
import {
  actionsWithoutResource,
  dependents,
  hasReference,
  supportsResources,
  withoutResources,
} from './iam/resources.ts'
import { rightsOf } from './iam/rights.ts'
import { type Statement, statementsOf } from './iam/statements.ts'
import { token, tokens } from './iam/tokens.fixture.ts'
import { evaluateTrust } from './iam/trust-policy.ts'
import { type PlannedResource, plannedResources, textOf } from './plan-json.ts'
import { openStack } from './stack-run.ts'
import { workspace } from './workspace.ts'

let resources: PlannedResource[] = []
const boundary = 'arn:aws:iam::123456789012:policy/tasks'

/** Prod as planned, with everything on that adds rights. */
beforeAll(async () => {
  await using emulator = await startEmulator()
  using copy = workspace()
  const variables = {
    region: 'us-east-1',
    network: {
      vpc_id: 'vpc-1',
      public_subnet_ids: ['subnet-1', 'subnet-2'],
      private_subnet_ids: ['subnet-3', 'subnet-4'],
    },
    permissions_boundary_arn: boundary,
    domain: { name: 'app.example.com', zone_id: 'Z0123456789ABCDEFGHIJ' },
    github: {
      owner: 'octo-org',
      name: 'orders',
      owner_id: 1234,
      id: 5678,
      state_bucket: 'octo-state',
      terraform_roles: true,
      max_session_duration: 7200,
      state_kms_key_arn: 'arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    },
  }
  const service = await openStack(copy, 'service', emulator, variables, ['environments/prod.tfvars'])
  resources = plannedResources(await service.plan())
})

const planned = (type: string): PlannedResource[] => resources.filter((resource) => resource.type === type)

/** Compares with AWS's own reference, which only CI has to have: elsewhere it is seen to be skipped. */
const reference = test.skipIf(!hasReference && process.env.CI === undefined)

describe('the roles for GitHub, as planned', () => {
  test.each(tokens)('%s', (_, identity, expected) => {
    const roles = planned('aws_iam_role').filter(({ address }) => address.includes('github_oidc'))
    const given = roles.filter(
      (role) => evaluateTrust(textOf(role, 'assume_role_policy'), identity) === 'allowed',
    )
    expect(roles).toHaveLength(5)
    expect(given.map(({ values: { name } }) => String(name).replace('example-app-prod-', '')).sort()).toEqual(
      expected,
    )
  })

  test('may be held as long as the stack is told, but for that of pull requests', () => {
    const roles = planned('aws_iam_role').filter(({ address }) => address.includes('github_oidc'))
    const longer = roles.filter(({ values }) => values.max_session_duration === 7200)
    expect(
      longer.map(({ values: { name } }) => String(name).replace('example-app-prod-', '')).sort(),
    ).toEqual(['apply', 'build', 'deploy', 'operate'])
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

  test('the boundary that the stack is given holds the roles of the tasks, and apply to it', () => {
    const tasks = planned('aws_iam_role').filter(({ address }) => address.includes('ecs_service'))
    expect(tasks.map(({ values }) => values.permissions_boundary)).toEqual([boundary, boundary])
    const rights = rightsOf(resources, 'example-app-prod', 'apply').filter(({ Action }) =>
      Action.includes('iam:CreateRole'),
    )
    expect(rights.map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'iam:PermissionsBoundary': boundary } },
    ])
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

  reference('a right for some resources is one that AWS narrows, or it would never apply', async () => {
    const narrow = every().filter(({ Resource }) => !Resource.includes('*'))
    const actions = [...new Set(narrow.flatMap(({ Action }) => Action))].sort()
    expect(actions.length).toBeGreaterThan(100)
    expect(await withoutResources(actions)).toEqual([])
  })

  reference('apply has what AWS asks for beside its actions, but for a list', async () => {
    const actions = new Set(rightsOf(resources, 'example-app-prod', 'apply').flatMap(({ Action }) => Action))
    expect(await dependents([...actions].sort())).toEqual([
      // Container databases of Oracle, keys of one's own, and the password that RDS rotates by itself: the module has none of them.
      'rds:CreateDBInstance needs kms:CreateGrant, rds:CreateTenantDatabase',
      'rds:DeleteDBInstance needs rds:DeleteTenantDatabase',
      'rds:ModifyDBInstance needs kms:CreateGrant, rds:CreateTenantDatabase, secretsmanager:RotateSecret',
    ])
  })

  const wide = (): Statement[] => every().filter(({ Resource }) => Resource.includes('*'))
  const free = (): string[] =>
    [...new Set(wide().flatMap(({ Action, Condition }) => (Condition === undefined ? Action : [])))].sort()

  reference('a right for every resource is one that AWS cannot narrow', async () => {
    expect(await supportsResources(free())).toEqual([])
  })

  test('a right for every resource is in the list of the README, or narrowed by a condition', () => {
    expect(actionsWithoutResource(readFileSync(join(root, 'example-infra/README.md'), 'utf8'))).toEqual(
      free(),
    )
    const cluster = 'arn:aws:ecs:us-east-1:123456789012:cluster/example-app-prod'
    for (const { Action, Condition } of wide().filter((statement) => statement.Condition !== undefined))
      expect({ Action, Condition }).toEqual({
        Action: ['ecs:ListTasks'],
        Condition: { ArnEquals: { 'ecs:cluster': cluster } },
      })
  })
})
