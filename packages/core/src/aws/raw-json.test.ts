import { createHash } from 'node:crypto'
import { DescribeTaskDefinitionCommand, ECSClient } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'
import { describeTaskDefinition, registerTaskDefinition } from './ecs/task-definitions.ts'
import { sendRaw } from './raw-json.ts'
import { type Answer, type Received, scriptedEndpoint } from './scripted-endpoint.fixture.ts'

async function ecsThatSays(answer: (received: Received, index: number) => Answer, maxAttempts = 1) {
  const endpoint = await scriptedEndpoint(answer)
  const ecs = new ECSClient({ ...endpoint.config, maxAttempts })
  return { ecs, received: endpoint.received, [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose]() }
}

const BODY = {
  family: 'web',
  containerDefinitions: [{ name: 'web', image: 'nginx', newerThanTheSdk: { deep: [1, null, 'ü🚀'] } }],
  alsoNewer: true,
}

test('a raw request arrives as it was given, members unknown to the SDK included, with its length and hash', async () => {
  await using aws = await ecsThatSays(() => ({ body: { taskDefinition: { family: 'web' } } }))
  await registerTaskDefinition(aws.ecs, BODY)
  const [call] = aws.received
  expect(call?.operation).toBe('RegisterTaskDefinition')
  expect(JSON.parse(call?.body ?? '')).toEqual(BODY)
  expect(call?.headers['content-length']).toBe(String(Buffer.byteLength(JSON.stringify(BODY))))
  expect(call?.headers['x-amz-content-sha256']).toBe(
    createHash('sha256')
      .update(call?.body ?? '')
      .digest('hex'),
  )
})

test('a raw answer keeps members unknown to the SDK', async () => {
  const taskDefinition = { ...BODY, registeredAt: 1700000000.123 }
  await using aws = await ecsThatSays(() => ({ body: { taskDefinition, tags: [{ key: 'a', value: 'ü' }] } }))
  expect(await describeTaskDefinition(aws.ecs, 'web')).toEqual({
    definition: taskDefinition,
    tags: [{ key: 'a', value: 'ü' }],
  })
  expect(JSON.parse(aws.received[0]?.body ?? '')).toEqual({ taskDefinition: 'web', include: ['TAGS'] })
})

test('the raw body is sent again when the call is tried again', async () => {
  const answers: Answer[] = [
    { status: 500, body: { __type: 'ServerException' } },
    'reset',
    { body: { taskDefinition: {} } },
  ]
  await using aws = await ecsThatSays((_, index) => answers[index] ?? 'hang', 3)
  await registerTaskDefinition(aws.ecs, BODY)
  expect(aws.received.map((call) => JSON.parse(call.body))).toEqual([BODY, BODY, BODY])
})

test("errors are the SDK's own", async () => {
  const refusal = { __type: 'ClientException', message: 'Unable to describe task definition.' }
  await using aws = await ecsThatSays(() => ({ status: 400, body: refusal }))
  const command = new DescribeTaskDefinitionCommand({ taskDefinition: 'web' })
  await expect(sendRaw(aws.ecs, command)).rejects.toMatchObject({
    name: 'ClientException',
    message: 'Unable to describe task definition.',
    $metadata: { httpStatusCode: 400, requestId: 'request-1' },
  })
})

test.each([
  ['without the task definition', { tags: [] }, 'lacks taskDefinition'],
  ['that is empty', '', 'lacks a JSON object in its body'],
  ['that is a page of a proxy', '<html>', 'cannot be read'],
])('an answer %s is an error that says so', async (_, body, message) => {
  await using aws = await ecsThatSays(() => ({ body }))
  await expect(describeTaskDefinition(aws.ecs, 'web')).rejects.toMatchObject({
    code: 'incomplete-response',
    message: expect.stringContaining(message),
  })
})
