import { describe, expect, test } from 'vitest'
import { codesOf, newTaskRuns, plays, rolledBack, type Scenario, succeeds } from './findings.fixture.ts'
import { revision } from './revision.fixture.ts'
import { type WorldOptions, world } from './world.fixture.ts'

const alarmed: WorldOptions = {
  service: (input) => ({
    ...input,
    deploymentConfiguration: {
      ...input.deploymentConfiguration,
      alarms: { enable: true, rollback: true, alarmNames: ['orders-5xx'] },
    },
  }),
}

const scenarios: Record<string, Scenario> = {
  'a program that ends with an error': {
    cause: async ({ push }) => ({ images: (await push('v2', { fault: 'exit' })).uri }),
    codes: ['crash-on-start', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}container app ends soon after its start with exit code 3 (the program ended with an error of its own) in 3 tasks\nRead its last log lines: mostly a variable, a secret or a connection is missing that it needs at the start. Run the same image with the same variables elsewhere to try it.`,
  },
  'a command that its shell does not find': {
    cause: async (aws) => ({
      'task-definition': await revision(aws, { command: ['sh', '-c', 'serve-orders'] }),
    }),
    codes: ['crash-on-start', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}container app ends soon after its start with exit code 127 (the command was not found in the image) in 3 tasks\nA shell or a script of the container calls a program that is not in the image or may not be executed; mostly the last line of its log names it. Add it to the image, or correct entryPoint and command of the container.`,
  },
  'a program that takes more memory than its container may': {
    // It has to be killed before ECS calls it healthy, however long Node takes to start.
    options: { timings: { healthyWithoutChecks: 600 } },
    async cause(aws) {
      const image = (await aws.push('v2', { fault: 'hoard' })).uri
      return { 'task-definition': await revision(aws, { image, memory: 200 }) }
    },
    codes: ['out-of-memory', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}container app needs more memory than the 200 MiB that it may use; it was killed in 3 tasks\nRaise memory in the task definition (of the task, and of the container where it has its own limit), or limit the heap of the program below it.`,
  },
  "a health check of the container's own": {
    // A health check runs in real time, so its interval must not become shorter than a Node takes to start.
    options: { timeScale: 20, timings: { firstStart: 5, provisioning: 2, placing: 2, deprovisioning: 5 } },
    cause: async (aws) => ({
      'task-definition': await revision(aws, {
        healthCheck: { command: ['CMD', 'node', '-e', 'process.exit(1)'], interval: 10, retries: 1 },
      }),
    }),
    codes: ['container-health-check', 'circuit-breaker'],
    reads: () =>
      `${rolledBack}the tasks do not pass the health check of the container in the task definition\nRun healthCheck.command inside the container: the program it calls (such as curl) must be in the image and end with 0. A program that starts slowly needs healthCheck.startPeriod.`,
  },
  'a deployment alarm': {
    options: alarmed,
    async cause(aws) {
      void newTaskRuns(aws).then(() => aws.testbed.account.alarms.set('orders-5xx', 'ALARM'))
      return { images: (await aws.push('v2')).uri }
    },
    codes: ['alarm'],
    reads: () =>
      `${rolledBack}ECS failed the deployment because of the deployment alarm orders-5xx\nLook at the metric of the alarm since the deployment began, and at the log of the new tasks: they ran, and did worse than the alarm allows.`,
  },
}

describe.concurrent('what ends a task that runs', () => {
  test.each(Object.entries(scenarios))('%s', (_, scenario) => plays(scenario))

  test('not: an alarm that fires for somebody else, memory that is enough, a health check that passes', () =>
    succeeds(alarmed, async (aws) => {
      void newTaskRuns(aws).then(() => aws.testbed.account.alarms.set('payments-5xx', 'ALARM'))
      const healthCheck = { command: ['CMD', 'node', '-e', 'process.exit(0)'], interval: 60 }
      return { 'task-definition': await revision(aws, { healthCheck, memory: 200 }) }
    }))

  test('not: a crash, where only a container that is not essential ends with an error', () =>
    succeeds({}, async (aws) => {
      const image = (await aws.push('v2', { fault: 'exit' })).uri
      return { 'task-definition': await revision(aws, {}, [{ name: 'migrate', image, essential: false }]) }
    }))

  test('not: memory, where a task that was told to stop is killed', async () => {
    await using aws = await world()
    const image = (await aws.push('v2', { fault: 'exit' })).uri
    const command = ['node', '-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']
    const stubborn = { name: 'stubborn', image: aws.v1.uri, essential: false, stopTimeout: 2, command }
    const arn = await revision(aws, { image }, [stubborn])
    await using run = await aws.deploy({ 'task-definition': arn })
    expect(codesOf(run)).toEqual(['crash-on-start', 'circuit-breaker'])
  })
})
