import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { editRegistered } from './answers.fixture.ts'
import { plantedSecret } from './checked.fixture.ts'
import { placeFile, type World, world } from './world.fixture.ts'

/** A task definition with a password wherever people put one. */
function file({ v1 }: World): string {
  return JSON.stringify({
    family: 'orders',
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: '256',
    memory: '512',
    executionRoleArn: 'arn:aws:iam::111122223333:role/ecsTaskExecutionRole',
    containerDefinitions: [
      {
        name: 'app',
        image: v1.uri,
        portMappings: [{ containerPort: 8080 }],
        environment: [
          { name: 'DATABASE_PASSWORD', value: plantedSecret },
          { name: 'DATABASE_URL', value: `postgres://orders:${plantedSecret}@db/orders` },
        ],
        command: ['node', 'server.mjs', `--password=${plantedSecret}`],
        dockerLabels: { token: plantedSecret },
        healthCheck: { command: ['CMD-SHELL', `curl -u a:${plantedSecret} http://x || exit 0`] },
        logConfiguration: {
          logDriver: 'awslogs',
          options: {
            'awslogs-group': '/ecs/orders',
            'awslogs-region': 'us-east-1',
            'awslogs-stream-prefix': 'app',
            'awslogs-datetime-format': plantedSecret,
          },
        },
        ofALaterSdk: { password: plantedSecret },
      },
    ],
  })
}

/** The fixture looks for the password in log, summary, outputs, annotations and all files of every run but the task definition. */
describe.concurrent('a password in the task definition is seen nowhere else', () => {
  test('in what the service has: a crash with its diagnosis, and everything that is only for debugging', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri }, { debug: true })
    // There was something to find.
    expect(readFileSync(run.outputs['task-definition-file'] ?? '', 'utf8')).toContain(plantedSecret)
  })

  test.each([
    ['a dry run, which shows the difference', { 'dry-run': 'true' }, 'planned'],
    ['a release', { timeout: '60s' }, 'succeeded'],
    ['an edit of a container that does not exist', { images: 'web=orders:v2' }, 'failed'],
  ])('in a file: %s', async (_, inputs, outcome) => {
    await using aws = await world()
    await using workspace = await placeFile('task.json', file(aws))
    await using run = await aws.deploy(
      { 'task-definition': 'task.json', ...inputs },
      { ...workspace, debug: true },
    )
    expect(run.outputs.outcome).toBe(outcome)
  })

  test.each(['environment', 'command', 'dockerLabels', 'ofALaterSdk', 'logConfiguration'])(
    'in a file whose %s AWS changes: the path is told, not the value',
    async (member) => {
      await using aws = await world()
      await using workspace = await placeFile('task.json', file(aws))
      aws.testbed.faults.inject(
        editRegistered(({ containerDefinitions, ...rest }) => ({
          ...rest,
          containerDefinitions: (Array.isArray(containerDefinitions) ? containerDefinitions : []).map(
            (each) =>
              typeof each === 'object' && each !== null && !Array.isArray(each)
                ? { ...each, [member]: null }
                : each,
          ),
        })),
      )
      await using run = await aws.deploy({ 'task-definition': 'task.json' }, workspace)
      expect(run.outputs.outcome).toBe('failed')
      expect(run.outputs.message).toContain(`containerDefinitions[0].${member}`)
    },
  )

  test.each(['task.json', 'task.yml'])(
    'in %s that ends, or breaks off, in the middle of it',
    async (name) => {
      await using aws = await world()
      const whole = file(aws)
      const at = whole.indexOf(plantedSecret) + plantedSecret.length
      for (const text of [whole.slice(0, at), `${whole.slice(0, at)}" ] } ${whole.slice(at)}`]) {
        await using workspace = await placeFile(name, text)
        await using run = await aws.deploy({ 'task-definition': name }, workspace)
        expect(run.outputs.outcome).toBe('failed')
        expect(run.outputs.message).toContain(name)
      }
    },
  )

  test.each([
    ['environment-variables', `app:DATABASE PASSWORD ${plantedSecret}`],
    ['secrets', `app:PASSWORD=${plantedSecret}!`],
  ])('in a wrong line of %s', async (input, line) => {
    await using aws = await world()
    await using run = await aws.deployUnchecked({ [input]: line })
    expect(run.exitCode).toBe(1)
    expect(run.log + run.stdout + run.summary + JSON.stringify(run.outputs)).not.toContain(plantedSecret)
  })
})
