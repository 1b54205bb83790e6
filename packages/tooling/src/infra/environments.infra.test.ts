import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actionNames, root } from '../repository.ts'
import { type Emulator, startEmulator } from './emulator/emulator.ts'
import { statementsOf } from './iam/statements.ts'
import { environments } from './places.ts'
import { type PlannedResource, plannedResources } from './plan-json.ts'
import { openStack, type StackRun } from './stack-run.ts'
import { type Workspace, workspace } from './workspace.ts'

type Name = (typeof environments)[number]

const stateBucket = 'octo-state'
const variables = {
  image: `123456789012.dkr.ecr.us-east-1.amazonaws.com/example-app@sha256:${'a'.repeat(64)}`,
  alarms: { by: 'terraform', emails: ['team@example.com'] },
  domain: { name: 'app.example.com', zone_id: 'Z0123456789ABCDEFGHIJ' },
  github: {
    owner: 'octo-org',
    name: 'orders',
    owner_id: 1234,
    id: 5678,
    state_bucket: stateBucket,
    terraform_roles: true,
  },
}

let emulator: Emulator
const copies: Workspace[] = []
const plans = new Map<Name, { network: PlannedResource[]; service: PlannedResource[] }>()
const networks = new Map<Name, Record<string, unknown>>()

/** All three live in one account, where names can meet. */
beforeAll(async () => {
  emulator = await startEmulator()
  await Promise.all(
    environments.map(async (name) => {
      const copy = workspace()
      copies.push(copy)
      const open = (stack: string, more: Record<string, unknown>): Promise<StackRun> =>
        openStack(copy, stack, emulator, { region: 'us-east-1', ...more }, [`environments/${name}.tfvars`])
      const network = await open('network', {})
      await network.apply()
      networks.set(name, await network.output())
      const service = await open('service', variables)
      plans.set(name, {
        network: plannedResources(await network.plan()),
        service: plannedResources(await service.plan()),
      })
    }),
  )
})

afterAll(async () => {
  await emulator?.[Symbol.asyncDispose]()
  for (const copy of copies) copy[Symbol.dispose]()
})

function planned(name: Name, type: string): PlannedResource[] {
  const plan = plans.get(name)
  return [...(plan?.network ?? []), ...(plan?.service ?? [])].filter((resource) => resource.type === type)
}

const values = (name: Name, type: string, member: string): unknown[] =>
  planned(name, type).map((resource) => resource.values[member])

const sorted = (list: unknown): string[] => [list].flat().map(String).sort()

describe('dev, staging and prod', () => {
  test('have ranges that do not overlap', () => {
    expect(environments.flatMap((name) => values(name, 'aws_vpc', 'cidr_block'))).toEqual([
      '10.10.0.0/16',
      '10.20.0.0/16',
      '10.30.0.0/16',
    ])
  })

  test('differ in counts', () => {
    const counts = environments.map((name) => ({
      gateways: planned(name, 'aws_nat_gateway').length,
      tasks: values(name, 'aws_appautoscaling_target', 'min_capacity')[0],
      databases: planned(name, 'aws_db_instance').length,
      standby: values(name, 'aws_db_instance', 'multi_az')[0],
    }))
    expect(counts).toEqual([
      { gateways: 1, tasks: 1, databases: 0, standby: undefined },
      { gateways: 1, tasks: 2, databases: 1, standby: false },
      { gateways: 2, tasks: 3, databases: 1, standby: true },
    ])
  })

  test('serve users from the public subnets, and keep tasks and data in the private ones', () => {
    for (const name of environments) {
      const { public_subnet_ids: open, private_subnet_ids: closed } = networks.get(name) ?? {}
      expect(new Set([open, closed].flat()).size).toBe(4)
      expect(values(name, 'aws_lb', 'subnets').map(sorted)).toEqual([sorted(open)])
      expect(values(name, 'aws_lb', 'internal')).toEqual([false])
      const [tasks] = values(name, 'aws_ecs_service', 'network_configuration').flat().map(Object)
      expect(sorted(tasks.subnets)).toEqual(sorted(closed))
      expect(tasks.assign_public_ip).toBe(false)
      for (const subnets of values(name, 'aws_db_subnet_group', 'subnet_ids'))
        expect(sorted(subnets)).toEqual(sorted(closed))
      expect(values(name, 'aws_db_instance', 'publicly_accessible')).not.toContain(true)
      expect(values(name, 'aws_lb_target_group', 'port')).toEqual([8080])
      const [health] = values(name, 'aws_lb_target_group', 'health_check').flat().map(Object)
      expect(health.path).toBe('/health')
    }
  })

  test('can have back as much as their table in the README says', () => {
    const protection = environments.map((name) => ({
      balancer: values(name, 'aws_lb', 'enable_deletion_protection'),
      databases: planned(name, 'aws_db_instance').map(({ values: database }) => [
        database.deletion_protection,
        database.backup_retention_period,
        database.final_snapshot_identifier ?? 'none',
      ]),
    }))
    expect(protection).toEqual([
      { balancer: [false], databases: [] },
      { balancer: [false], databases: [[false, 7, 'none']] },
      { balancer: [true], databases: [[true, 30, 'example-app-prod-final']] },
    ])
  })

  test('share no name that is taken once in an account', () => {
    const members = ['name', 'identifier', 'family', 'alarm_name', 'dashboard_name']
    const named = (name: Name): string[] =>
      [...(plans.get(name)?.network ?? []), ...(plans.get(name)?.service ?? [])]
        // These belong to what carries a name of its own; a record is the domain's, which is one for all here.
        .filter(
          ({ type }) =>
            !['aws_iam_role_policy', 'aws_route53_record', 'aws_default_security_group'].includes(type),
        )
        .flatMap(({ type, values }) => {
          const own = members.map((member) => values[member]).find((value) => typeof value === 'string')
          return own === undefined ? [] : [`${type} ${own}`]
        })
    const all = environments.map(named)
    for (const [index, names] of all.entries()) {
      expect(names.length).toBeGreaterThan(25)
      expect(names.filter((text) => !text.includes(`example-app-${environments[index]}`))).toEqual([])
    }
    expect(new Set(all.flat()).size).toBe(all.flatMap((names) => [...new Set(names)]).length)
  })

  test('have one OIDC provider of GitHub between them, as IAM allows one in an account', () => {
    const owners = environments.map((name) => planned(name, 'aws_iam_openid_connect_provider').length)
    expect(owners).toEqual([1, 0, 0])
  })

  test('tag every resource with the environment', () => {
    for (const name of environments) {
      const untagged = [...(plans.get(name)?.network ?? []), ...(plans.get(name)?.service ?? [])].filter(
        ({ values: { tags_all: tags } }) => tags !== undefined && Object(tags).Environment !== name,
      )
      expect(untagged.map(({ address }) => address)).toEqual([])
    }
  })
})

test('no two states have one key, and the roles may use exactly their environment’s', () => {
  const key = (stack: string, file: string): string =>
    /^key += "(.+)"$/m.exec(readFileSync(join(root, 'example-infra/stacks', stack, file), 'utf8'))?.[1] ?? ''
  const keys = environments.map((name) =>
    ['network', 'service'].map((stack) => key(stack, `environments/${name}.s3.tfbackend`)),
  )
  const all = [...keys.flat(), key('registry', 'shared.s3.tfbackend')]
  expect(new Set(all).size).toBe(7)
  expect(all).not.toContain('')
  for (const [index, name] of environments.entries()) {
    const policy = planned(name, 'aws_iam_role_policy').find(({ values: { name: role } }) => role === 'apply')
    const written = statementsOf(policy === undefined ? [] : [policy]).find(
      ({ Sid }) => Sid === 'WriteState',
    )?.Resource
    expect(written).toEqual(keys[index]?.map((path) => `arn:aws:s3:::${stateBucket}/${path}`))
  }
})

test('outputs are named as inputs of the actions', () => {
  const inputs = new Set(
    actionNames().flatMap((name) =>
      [...readFileSync(join(root, 'actions', name, 'action.yml'), 'utf8').matchAll(/^ {2}([a-z-]+):$/gm)].map(
        ([, input]) => input,
      ),
    ),
  )
  for (const [stack, names] of [
    ['registry', ['aws_region', 'repository', 'cache_repository']],
    ['service', ['aws_region', 'repository', 'cluster', 'service', 'task_definition', 'desired_count']],
  ] as const) {
    const text = readFileSync(join(root, 'example-infra/stacks', stack, 'outputs.tf'), 'utf8')
    for (const name of names) {
      expect(text).toContain(`output "${name}" {`)
      expect(inputs).toContain(name.replaceAll('_', '-'))
    }
  }
})
