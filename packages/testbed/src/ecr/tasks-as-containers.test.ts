import { describe, expect, test } from 'vitest'
import { createStack } from '../stack/stack.ts'
import { steady } from '../stack/steady.ts'
import { containersOf, missingDocker, pushBase } from '../tasks/docker/docker.fixture.ts'
import { engineAt, engineSocket } from '../tasks/docker/engine.ts'
import { startTestbed } from '../testbed.ts'

const program = 'require("http").createServer((q, r) => r.end("from a container")).listen(8080)'

describe.skipIf(missingDocker !== undefined)('Docker: a service', () => {
  test('runs as containers of the digest that was pushed, behind its load balancer', async () => {
    await using testbed = await startTestbed({ timeScale: 60, tasks: 'containers' })
    const { repository } = await testbed.clients.ecr.createRepository({ repositoryName: 'web' })
    const engine = engineAt(engineSocket() ?? '')
    const digest = await pushBase(engine, testbed)
    const loadBalancer = {
      healthCheckPath: '/',
      healthCheckInterval: 5,
      healthyThreshold: 2,
      unhealthyThreshold: 2,
      deregistrationDelay: 5,
    }
    const stack = await createStack(testbed.clients, {
      name: 'web',
      image: `${repository?.repositoryUri}@${digest}`,
      desiredCount: 2,
      // Longer than a busy machine takes to start the program.
      healthCheckGracePeriodSeconds: 600,
      containerPort: 8080,
      loadBalancer,
      taskDefinition: (input) => ({
        ...input,
        containerDefinitions: input.containerDefinitions?.map((definition) => ({
          ...definition,
          command: ['node', '-e', program],
        })),
      }),
    })
    await steady(testbed, stack)
    expect(await (await fetch(stack.url ?? '')).text()).toBe('from a container')
    const { taskArns } = await testbed.clients.ecs.listTasks({ cluster: stack.cluster })
    const ids = taskArns?.map((arn) => arn.split('/').at(-1) ?? '') ?? []
    expect(ids).toHaveLength(2)
    for (const id of ids) {
      const image = `${repository?.repositoryUri}@${digest}`
      expect(await containersOf(engine, id)).toMatchObject([{ Image: image, State: 'running' }])
    }
    await testbed[Symbol.asyncDispose]()
    for (const id of ids) expect(await containersOf(engine, id)).toEqual([])
  })
})
