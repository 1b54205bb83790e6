import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { editDeployment, editList, editTasks, type Rule } from './answers.fixture.ts'
import type { Version } from './app.fixture.ts'
import { commands, planted, unmoved } from './planted.fixture.ts'
import { balanced, placeFile, type WorldOptions, world } from './world.fixture.ts'

const html = '<script>alert(1)</script> <img src=x> ``` </details>'

describe.concurrent('commands in', () => {
  test('the log of a container', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2', { fault: 'exit', says: [...commands, html] })
    await using run = await aws.deploy({ images: v2.uri, 'log-lines': '100' })
    unmoved(run)
    expect(run.outputs.outcome).toBe('rolled-back')
    expect(run.log).toContain('Last lines of container app')
    for (const command of commands) expect(run.log).toContain(command.includes('##') ? '#\\#[' : 'planted')
  })

  const failing: WorldOptions = {
    ...balanced,
    timeScale: 60,
    healthCheckGracePeriodSeconds: 20,
    loadBalancer: { ...balanced.loadBalancer, unhealthyThreshold: 2 },
  }
  const events = (text: string) => [
    { id: crypto.randomUUID(), createdAt: Date.now() / 1000, message: text },
    { id: crypto.randomUUID(), createdAt: Date.now() / 1000, message: `(service orders) ${text}` },
  ]
  const health = (text: string) => ({ State: 'unhealthy', Reason: 'Target.Timeout', Description: text })

  test.each<[string, (text: string) => Rule, Version['fault'], WorldOptions]>([
    [
      'stopped reasons',
      (text) => editList('DescribeTasks', 'tasks', (task) => ({ ...task, stoppedReason: text })),
      'exit',
      {},
    ],
    ['container reasons', (text) => editTasks((container) => ({ ...container, reason: text })), 'exit', {}],
    ['container names', (text) => editTasks((container) => ({ ...container, name: text })), 'exit', {}],
    [
      'service events',
      (text) => editList('DescribeServices', 'services', (service) => ({ ...service, events: events(text) })),
      'exit',
      {},
    ],
    [
      'status reasons',
      (text) => editDeployment((deployment) => ({ ...deployment, statusReason: text })),
      'exit',
      {},
    ],
    [
      'names of alarms',
      (text) =>
        editDeployment((deployment) => ({
          ...deployment,
          status: 'ROLLBACK_SUCCESSFUL',
          alarms: { status: 'TRIGGERED', alarmNames: [text], triggeredAlarmNames: [text] },
        })),
      undefined,
      {},
    ],
    [
      'target-health descriptions',
      (text) => ({
        ...editList('DescribeTargetHealth', 'TargetHealthDescriptions', (target) => ({
          ...target,
          TargetHealth: health(text),
        })),
        service: 'elasticloadbalancing',
      }),
      'health',
      failing,
    ],
  ])('%s', async (_, edit, fault, options) => {
    await using aws = await world(options)
    const v2 = await aws.push('v2', fault === undefined ? {} : { fault })
    // From the second answer on: what was there before the update is not shown.
    aws.testbed.faults.inject({ ...edit(`${planted}\n${html}`), nth: 2, times: 1000 })
    await using run = await aws.deploy({ images: v2.uri, 'log-lines': '5' })
    unmoved(run)
    expect(run.outputs.outcome).toBe('rolled-back')
    expect(run.log + run.summary).toContain('planted')
  })

  test.each([
    ['BatchGetImage', 'unverified'],
    ['RegisterTaskDefinition', 'failed'],
    ['UpdateService', 'failed'],
    ['DescribeServiceDeployments', 'failed'],
    ['DescribeTasks', 'failed'],
  ])('errors of AWS: %s', async (operation, outcome) => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    const fault = { kind: 'error', code: 'ClientException', message: `${planted}\n${html}` } as const
    using injected = aws.testbed.faults.inject({ operation, fault })
    await using run = await aws.deployUnchecked({ images: v2.reference, 'on-failure': 'fail' })
    expect(injected.hits).toBeGreaterThan(0)
    unmoved(run)
    expect(run.outputs.outcome).toBe(outcome)
    expect(run.log).toContain('planted')
  })

  test('the answer to a probe', async () => {
    await using aws = await world()
    const answer = JSON.stringify({ status: `${planted}\n${html}` })
    const users = createServer((_, response) => response.writeHead(200, '::error::planted').end(answer))
    await new Promise<void>((resolve) => users.listen(0, '127.0.0.1', resolve))
    const address = users.address()
    const port = typeof address === 'object' ? address?.port : 0
    await using run = await aws.deploy({ probes: `http://127.0.0.1:${port}/ json:/status=ok` })
    users.close()
    unmoved(run)
    expect(run.outputs.outcome).toBe('unhealthy')
    expect(run.outputs.message).toContain('planted')
  })

  test('the diff of a dry run', async () => {
    await using aws = await world()
    const { taskDefinition } = await aws.testbed.clients.ecs.describeTaskDefinition({
      taskDefinition: 'orders',
    })
    const [app] = taskDefinition?.containerDefinitions ?? []
    const members = Object.fromEntries(commands.map((command) => [command, { [command]: command }]))
    const environment = [...commands, html].map((name) => ({ name, value: name }))
    const file = {
      ...taskDefinition,
      ...members,
      [html]: 'planted',
      taskRoleArn: `${planted}\n${html}`,
      containerDefinitions: [
        { ...app, ...members, environment },
        { name: 'side', image: 'planted', dockerLabels: members },
      ],
    }
    await using workspace = await placeFile('task.json', JSON.stringify(file))
    await using run = await aws.deploy({ 'task-definition': 'task.json', 'dry-run': 'true' }, workspace)
    unmoved(run)
    expect(run.outputs.outcome).toBe('planned')
    for (const shown of [run.log, run.summary]) expect(shown).toContain('planted')
  })

  test('a branch, a tag and a workflow, on the way into the evidence', async () => {
    await using aws = await world()
    const name = planted.replaceAll('\n', ' ')
    const github = { ref: `refs/heads/${name}`, ref_name: name, head_ref: name, workflow: name, actor: name }
    await using run = await aws.deploy({}, { github })
    unmoved(run)
    expect(run.outputs.outcome).toBe('no-change')
  })

  test.each(['family', 'image', 'name', 'networkMode'])(
    'a task definition file, as its %s',
    async (member) => {
      await using aws = await world()
      const value = '::error::planted ##[error]planted'
      const own = member === 'image' || member === 'name' ? { [member]: value } : {}
      const file = {
        family: 'orders',
        ...(member in own ? {} : { [member]: value }),
        containerDefinitions: [{ name: 'app', image: aws.v1.uri, ...own }],
      }
      await using workspace = await placeFile('task.json', JSON.stringify(file))
      await using run = await aws.deploy({ 'task-definition': 'task.json' }, workspace)
      unmoved(run)
      expect(['failed', 'refused']).toContain(run.outputs.outcome)
      expect(run.annotations).toHaveLength(1)
    },
  )

  test.each([
    ['task-definition', '::error::planted ##[error]planted'],
    ['images', 'app=::error::planted'],
    ['images', '##[error]planted=app'],
    ['service', '::error::planted ##[error]planted'],
    ['cluster', '::error::planted ##[error]planted'],
    ['timeout', '::error::planted ##[error]planted'],
  ])('the input %s: %s', async (input, value) => {
    await using aws = await world()
    await using run = await aws.deployUnchecked({ [input]: value })
    unmoved(run)
    expect(run.annotations).toHaveLength(1)
    expect(run.outputs.outcome).toBe('failed')
  })
})
