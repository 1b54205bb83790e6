import { describe, expect, test } from 'vitest'
import { leftovers } from './emulator/account.ts'
import { type Emulator, startEmulator } from './emulator/emulator.ts'
import { reach } from './emulator/reach.ts'
import { release } from './emulator/release.ts'
import { administrators, refused } from './iam/refused.ts'
import { type PlannedResource, plannedActions, plannedResources } from './plan-json.ts'
import { openStack, type StackRun } from './stack-run.ts'
import { workspace } from './workspace.ts'

const image = `123456789012.dkr.ecr.us-east-1.amazonaws.com/example-app@sha256:${'a'.repeat(64)}`
const place = { region: 'us-east-1', environment: 'dev' }

const everythingOn = (zone: string): Record<string, unknown> => ({
  ...place,
  image,
  domain: { name: 'app.example.com', zone_id: zone },
  database: { multi_az: true },
  alarms: { by: 'terraform', emails: ['team@example.com'] },
  container_insights: 'enabled',
  permissions_boundary_arn: 'arn:aws:iam::123456789012:policy/tasks',
  github: {
    owner: 'octo-org',
    name: 'example-app',
    owner_id: 1234,
    id: 5678,
    state_bucket: 'octo-state',
    terraform_roles: true,
  },
})

/** Revisions stay registered, Terraform's and those of a release: the README says so, and how to deregister them. */
const revisions = (...numbers: number[]): string[] =>
  numbers.map((number) => `ecs us-east-1 task_definitions example-app-dev/${number}`)

/** Applies, plans again, and leaves the stack for its successors. Adds to `looked` what the plan called. */
async function applied(stack: StackRun, emulator: Emulator, looked: string[]): Promise<StackRun> {
  await stack.apply()
  const { length } = await emulator.calls()
  expect(await stack.secondPlan()).toBe('no changes')
  looked.push(...(await emulator.calls()).slice(length))
  return stack
}

async function destroyed(stack: StackRun): Promise<void> {
  await stack.destroy()
  expect(await stack.state()).toEqual([])
}

type Variables = Record<'backend' | 'registry' | 'network' | 'service', Record<string, unknown>>

type Open = (stack: keyof Variables, more?: object) => Promise<StackRun>

/** What was there between apply and destroy, and what was left afterwards. */
interface Facts {
  service: Record<string, unknown>
  state: string[]
  reached: string[]
  left: string[]
  /** The IAM actions of all calls, and of those that second plans made. Both may hold some of the stacks that went on beside. */
  called: string[]
  looked: string[]
}

/** The stacks that need no other, beside the network and the service upon it. */
async function all(
  emulator: Emulator,
  variables: Variables,
  between?: (open: Open) => Promise<void>,
): Promise<Facts> {
  using copy = workspace()
  const left = await leftovers(emulator)
  const looked: string[] = []
  const open: Open = (stack, more = {}) => openStack(copy, stack, emulator, { ...variables[stack], ...more })
  const alone = async (stack: 'backend' | 'registry'): Promise<void> =>
    destroyed(await applied(await open(stack), emulator, []))
  const together = async () => {
    const network = await applied(await open('network'), emulator, looked)
    const service = await applied(await open('service'), emulator, looked)
    // What belongs to the deployment, to autoscaling and to alarm-setup is no difference to Terraform.
    await release(emulator, 'example-app-dev')
    expect(await service.secondPlan()).toBe('no changes')
    const facts = {
      service: await service.output(),
      state: await service.state(),
      reached: await reach(emulator),
    }
    await between?.(open)
    await destroyed(service)
    await destroyed(network)
    return facts
  }
  const [facts] = await Promise.all([together(), alone('backend'), alone('registry')])
  return { ...facts, looked, left: await left(), called: await emulator.calls() }
}

/** The variables of another environment neither change this one's state nor destroy it. */
async function refusesAnother(open: Open): Promise<void> {
  const other = await open('network', { environment: 'staging', cidr: '10.20.0.0/16' })
  const before = await other.state()
  for (const attempt of [other.apply, other.destroy])
    await expect(attempt()).rejects.toThrow('the state here is of example-app-dev')
  expect(await other.state()).toEqual(before)
  await open('network')
}

/** What the README says of another port: refused in the plan, until the service is replaced, and its scaling with it. */
async function anotherPort(open: Open): Promise<PlannedResource[]> {
  const changed = await open('service', { container: { port: 3000 } })
  const before = await changed.output()
  await expect(changed.apply()).rejects.toThrow('the service was made with app:8080')
  expect(await changed.output()).toEqual(before)
  const replace = ['terraform_data.registered', 'aws_ecs_service.this'].map(
    (address) => `-replace=module.ecs_service.${address}`,
  )
  const plan = await changed.plan(...replace)
  const scaling = [...plannedActions(plan)].filter(([address]) => address.includes('aws_appautoscaling_'))
  expect(scaling.map(([, actions]) => actions)).toEqual(Array(4).fill('delete,create'))
  await changed.apply(...replace)
  expect(await changed.secondPlan()).toBe('no changes')
  return plannedResources(plan)
}

describe('apply, an empty second plan, destroy', () => {
  test.concurrent('with everything on', async () => {
    await using emulator = await startEmulator()
    const zone = await emulator.createZone('example.com')
    const variables = {
      backend: { region: 'us-east-1' },
      registry: { region: 'us-east-1' },
      network: { ...place, cidr: '10.10.0.0/16', egress: 'endpoints' },
      service: everythingOn(zone),
    }
    let planned: PlannedResource[] = []
    const { service, state, reached, left, looked, called } = await all(emulator, variables, async (open) => {
      planned = await anotherPort(open)
    })
    expect({
      plan: refused(planned, 'plan', looked),
      apply: refused(planned, 'apply', called),
    }).toEqual({ plan: [], apply: administrators })
    expect(state).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/aws_db_instance/),
        expect.stringMatching(/aws_acm_certificate_validation/),
        expect.stringMatching(/aws_cloudwatch_dashboard/),
        expect.stringMatching(/aws_appautoscaling_policy.*requests/),
        expect.stringMatching(/aws_iam_role.*operate/),
      ]),
    )
    expect(reached).toEqual([
      '0.0.0.0/0 → example-app-dev-load-balancer:443',
      '0.0.0.0/0 → example-app-dev-load-balancer:80',
      '10.10.0.0/16 → example-app-dev-endpoints:443',
      'example-app-dev-load-balancer → example-app-dev-tasks:8080',
      'example-app-dev-tasks → example-app-dev-database:5432',
    ])
    expect(service).toMatchObject({
      cluster: 'example-app-dev',
      service: 'example-app-dev',
      db_instance: 'example-app-dev',
      url: 'https://app.example.com',
    })
    // The template, the release, and the template with another port.
    expect(left).toEqual(revisions(1, 2, 3))
  })

  test.concurrent('with everything off, before the first image', async () => {
    await using emulator = await startEmulator()
    const variables = {
      backend: { region: 'us-east-1' },
      registry: { region: 'us-east-1' },
      network: { ...place, cidr: '10.10.0.0/16', egress: 'public' },
      service: place,
    }
    const { service, state, reached, left } = await all(emulator, variables, refusesAnother)
    expect(
      state.filter((address) => /db_instance|acm|dashboard|metric_alarm|appautoscaling|github/.test(address)),
    ).toEqual([])
    expect(reached).toEqual([
      '0.0.0.0/0 → example-app-dev-load-balancer:80',
      'example-app-dev-load-balancer → example-app-dev-tasks:8080',
    ])
    expect(service).toMatchObject({ role_arns: {}, desired_count: 2 })
    // Terraform keeps no output that is null.
    expect(service).not.toHaveProperty('db_instance')
    expect(left).toEqual(revisions(1, 2))
  })
})
