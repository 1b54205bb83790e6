import { ECSClient, ListTasksCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'
import { testAccount } from './account.fixture.ts'
import { type FaultRule, faults } from './faults.ts'

const update = () => new UpdateServiceCommand({ cluster: 'shop', service: 'web' })

const rules: { name: string; rule: Omit<FaultRule, 'fault'>; hit: number[] }[] = [
  { name: 'every call', rule: {}, hit: [1, 2, 3, 4, 5, 6] },
  { name: 'the third call, once', rule: { nth: 3 }, hit: [3] },
  { name: 'from the third call, twice', rule: { nth: 3, times: 2 }, hit: [3, 4] },
  { name: 'the first two', rule: { times: 2 }, hit: [1, 2] },
  { name: 'none of another operation', rule: { operation: 'ListTasks' }, hit: [] },
  { name: 'none of another service', rule: { service: 'logs', operation: 'UpdateService' }, hit: [] },
  { name: '0 %', rule: { percent: 0 }, hit: [] },
  { name: '100 %', rule: { percent: 100 }, hit: [1, 2, 3, 4, 5, 6] },
]

test.each(rules)('hits $name', ({ rule, hit }) => {
  const injected = faults()
  injected.inject({ ...rule, fault: { kind: 'throttle' } })
  const hits = [1, 2, 3, 4, 5, 6].filter(() => injected.next('ecs', 'UpdateService').length > 0)
  expect(hits).toEqual(hit)
})

test('a percentage hits about that share, and the same calls for the same seed', () => {
  const hits = (seed: number) => {
    const injected = faults(seed)
    injected.inject({ percent: 20, fault: { kind: 'reset' } })
    return Array.from({ length: 2_000 }, () => injected.next('ecs', 'ListTasks').length)
  }
  expect(hits(7)).toEqual(hits(7))
  expect(hits(7)).not.toEqual(hits(8))
  const share = hits(7).reduce((sum, hit) => sum + hit, 0) / 2_000
  expect(share).toBeGreaterThan(0.17)
  expect(share).toBeLessThan(0.23)
})

const retried: { name: string; rule: FaultRule; outcome: string }[] = [
  { name: 'a throttled call', rule: { nth: 1, fault: { kind: 'throttle' } }, outcome: 'ThrottlingException' },
  {
    name: 'a 503',
    rule: { nth: 1, fault: { kind: 'server-error', status: 503 } },
    outcome: 'ServerException',
  },
  { name: 'a reset connection', rule: { nth: 1, fault: { kind: 'reset' } }, outcome: 'reset' },
]

test.each(retried)('$name is tried again by the SDK', async ({ rule, outcome }) => {
  await using account = await testAccount()
  using injected = account.faults.inject(rule)
  const ecs = new ECSClient({ ...account.settings, maxAttempts: 3 })
  await expect(ecs.send(update())).resolves.toMatchObject({ service: { serviceName: 'web' } })
  expect(injected.hits).toBe(1)
  expect(account.server.calls.all()).toMatchObject([
    { outcome, attempt: 1 },
    { outcome: 'ok', attempt: 2 },
  ])
})

const final: { name: string; rule: FaultRule; error: string }[] = [
  { name: 'an expired session', rule: { fault: { kind: 'expired' } }, error: 'ExpiredTokenException' },
  {
    name: 'an error in words of its own',
    rule: { fault: { kind: 'error', code: 'ClientException', message: 'two\nlines' } },
    error: 'ClientException',
  },
  { name: 'a denial', rule: { fault: { kind: 'denied' } }, error: 'AccessDeniedException' },
]

test.each(final)('$name is not tried again', async ({ rule, error }) => {
  await using account = await testAccount()
  account.faults.inject(rule)
  const ecs = new ECSClient({ ...account.settings, maxAttempts: 3 })
  await expect(ecs.send(update())).rejects.toMatchObject({ name: error })
  expect(account.server.calls.all()).toHaveLength(1)
})

test('a hang ends with the patience of the client', async () => {
  await using account = await testAccount()
  account.faults.inject({ fault: { kind: 'hang' } })
  const ecs = new ECSClient(account.settings)
  const sent = ecs.send(new ListTasksCommand({}), { abortSignal: AbortSignal.timeout(200) })
  await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
  expect(account.server.calls.all()).toMatchObject([{ outcome: 'hang' }])
})

test('a reset can lose the answer of a call that took effect', async () => {
  await using account = await testAccount({ throttling: true, now: () => 0 })
  account.faults.inject({ times: 2, fault: { kind: 'reset', processed: true } })
  const ecs = new ECSClient(account.settings)
  await expect(ecs.send(update())).rejects.toThrow()
  await expect(ecs.send(update())).rejects.toThrow()
  // Both took their token from the bucket of two.
  await expect(ecs.send(update())).rejects.toMatchObject({ name: 'ThrottlingException' })
})

test('an answer can be held back after the call took effect', async () => {
  await using account = await testAccount({ throttling: true, now: () => 0 })
  const { promise, resolve } = Promise.withResolvers<void>()
  account.faults.inject({ nth: 1, fault: { kind: 'late-answer', until: () => promise } })
  const ecs = new ECSClient(account.settings)
  const held = ecs.send(update())
  // The bucket of two has one token left.
  while (account.server.calls.all().length === 0) await new Promise(setImmediate)
  await ecs.send(update())
  await expect(ecs.send(update())).rejects.toMatchObject({ name: 'ThrottlingException' })
  expect(account.server.calls.all()[0]?.outcome).toBe('pending')
  resolve()
  await expect(held).resolves.toMatchObject({ service: { serviceName: 'web' } })
})

test('an answer can lose a member', async () => {
  await using account = await testAccount()
  const drop = { kind: 'answer', change: () => ({ taskArns: [] }) } as const
  using injected = account.faults.inject({ operation: 'ListTasks', fault: drop })
  const ecs = new ECSClient(account.settings)
  expect((await ecs.send(new ListTasksCommand({}))).taskArns).toEqual([])
  expect(account.server.calls.all()).toMatchObject([{ outcome: 'ok', output: { taskArns: [] } }])
  injected.remove()
  expect((await ecs.send(new ListTasksCommand({}))).taskArns).toEqual(['a', 'b'])
})

test('a held call is performed once the promise settles, and others go on meanwhile', async () => {
  await using account = await testAccount()
  const held = Promise.withResolvers<void>()
  account.faults.inject({ operation: 'UpdateService', fault: { kind: 'hold', until: held.promise } })
  const ecs = new ECSClient(account.settings)
  const updated = ecs.send(update())
  const seen = () => account.server.calls.of('ecs', 'UpdateService')
  await expect.poll(seen).toHaveLength(1)
  await ecs.send(new ListTasksCommand({ cluster: 'shop' }))
  expect(seen()).toMatchObject([{ outcome: 'pending' }])
  held.resolve()
  await expect(updated).resolves.toMatchObject({ service: { serviceName: 'web' } })
})
