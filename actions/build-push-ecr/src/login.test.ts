import { systemClock } from '@ecs-release/core'
import { heardLog } from '@ecs-release/core/heard-log'
import { type ImageJob, imageJob } from '@ecs-release/testbed'
import { expect, test } from 'vitest'
import { type LoginKeeper, loginKeeper } from './login.ts'

const MINUTE = 60_000

interface Kept extends AsyncDisposable {
  job: ImageJob
  keeper: LoginKeeper
  /** Lets that much time pass for the keeper. */
  wait(milliseconds: number): void
  /** How often Amazon ECR was asked for a login. */
  asked(): number
}

async function kept(): Promise<Kept> {
  const job = await imageJob('.', { a: 'a' })
  let passed = 0
  const clock = { ...systemClock, now: () => Date.now() + passed }
  return {
    job,
    keeper: loginKeeper(() => job.client, clock, heardLog()),
    wait(milliseconds) {
      passed += milliseconds
    },
    asked: () => job.server.calls.of('ecr', 'GetAuthorizationToken').length,
    [Symbol.asyncDispose]: () => job[Symbol.asyncDispose](),
  }
}

test('one login serves all who ask at the same time, and those who ask later', async () => {
  await using here = await kept()
  const logins = await Promise.all([here.keeper.login(), here.keeper.login()])
  expect(logins[0]).toMatchObject({ username: 'AWS', endpoint: `http://${here.job.ecr.host}` })
  here.wait(11 * 60 * MINUTE)
  expect(await here.keeper.login()).toBe(logins[0])
  expect(logins[1]).toBe(logins[0])
  expect(here.asked()).toBe(1)
})

test('half an hour before its twelve hours are over it is replaced', async () => {
  await using here = await kept()
  const first = await here.keeper.login()
  here.wait(11 * 60 * MINUTE + 31 * MINUTE)
  const second = await here.keeper.login()
  expect(second.password).not.toBe(first.password)
  expect(here.asked()).toBe(2)
})

test('what the registry refused is not used again', async () => {
  await using here = await kept()
  const first = await here.keeper.login()
  here.keeper.forget()
  expect((await here.keeper.login()).password).not.toBe(first.password)
})

test('a failure is not kept', async () => {
  await using here = await kept()
  using denial = here.job.faults.inject({ operation: 'GetAuthorizationToken', fault: { kind: 'denied' } })
  await expect(here.keeper.login()).rejects.toThrow('AWS does not allow ecr:GetAuthorizationToken')
  denial.remove()
  await expect(here.keeper.login()).resolves.toMatchObject({ username: 'AWS' })
})
