import { expect, test } from 'vitest'
import { ActionError } from '../action/action-error.ts'
import type { JsonObject } from '../aws/json.ts'
import type { ServiceUpdate } from './calls.ts'
import { updateOnce } from './deployment/update-once.ts'
import { steppingClock } from './stepping-clock.fixture.ts'
import { takeEffect } from './take-effect.ts'
import { registerOnce } from './task-definition/register-once.ts'
import { account, aDeployment, aService, denied, older, throttled } from './test-data.fixture.ts'

const lost = new ActionError('network', 'no answer from AWS')
const fault = new ActionError('service-fault', 'failed inside AWS')

const minutes = (count: number) => count * 60_000

/** Sends against a script of errors; the effect shows after `appears` looks, if at all. */
async function sending(errors: readonly Error[], appears = Infinity, deadline = 30) {
  const clock = steppingClock(0)
  const did: string[] = []
  const troubles: unknown[] = []
  let looks = 0
  const result = takeEffect({
    clock,
    deadline: minutes(deadline),
    random: () => 1,
    trouble: (error) => troubles.push(error),
    async send() {
      did.push('send')
      const error = errors[did.filter((each) => each === 'send').length - 1]
      if (error !== undefined) throw error
      return 'answer'
    },
    async effect() {
      did.push('look')
      looks++
      return looks >= appears ? 'effect' : undefined
    },
  })
  const ended = await result.catch((error: unknown) => error)
  return { ended, did: did.join(' '), troubles, now: clock.now() }
}

test.each<[string, Error[], number, unknown, string]>([
  ['no error', [], 1, 'answer', 'send'],
  ['throttling', [throttled], 1, 'answer', 'send send'],
  ['a lost answer whose effect shows', [lost], 1, 'effect', 'send look'],
  ['a lost answer whose effect shows late', [lost], 3, 'effect', 'send look look look'],
  ['a lost answer without effect', [lost], Infinity, 'answer', 'send look look look look look look send'],
  ['a fault whose effect shows', [fault], 1, 'effect', 'send look'],
  ['a refusal', [denied], 1, denied, 'send'],
  ['throttling, then a refusal', [throttled, denied], 1, denied, 'send send'],
])('after %s', async (_, errors, appears, ended, did) => {
  expect(await sending(errors, appears)).toMatchObject({ ended, did })
})

test('without an answer it is given up after six attempts, and each that is made again is told', async () => {
  const { ended, did, troubles } = await sending(Array.from({ length: 9 }, () => lost))
  expect([ended, did.match(/send/g)?.length]).toEqual([lost, 6])
  expect(troubles).toHaveLength(5)
})

test('throttled it is made again until the deadline, with the last attempt then', async () => {
  const { ended, did, now } = await sending(
    Array.from({ length: 200 }, () => throttled),
    Infinity,
    5,
  )
  expect([ended, now]).toEqual([throttled, minutes(5)])
  // After 0.5, 1, 2, 4, 8 and 16 seconds one every 20, and never a look: it did nothing.
  expect(did.split(' ')).toEqual(Array.from({ length: 21 }, () => 'send'))
})

test('throttling does not use up the attempts that may stay without an answer', async () => {
  const errors = [...Array.from({ length: 10 }, () => throttled), lost]
  expect((await sending(errors)).ended).toBe('answer')
})

test('after the deadline the first attempt is made all the same', async () => {
  expect(await sending([throttled], Infinity, 0)).toMatchObject({ ended: throttled, did: 'send' })
})

test('the last lost answer is looked after too', async () => {
  const { ended } = await sending(
    Array.from({ length: 9 }, () => lost),
    36,
  )
  expect(ended).toBe('effect')
})

const td = (revision: number) => `${account}:task-definition/web:${revision}`
const before = aService({ taskDefinitionArn: td(1), deployments: [aDeployment({ id: older })] })

test.each<[string, ServiceUpdate, Parameters<typeof aService>[0], boolean]>([
  ['a new deployment of what was asked for', { taskDefinition: td(2) }, {}, true],
  ['a new deployment of something else', { taskDefinition: td(3) }, {}, false],
  ['the old deployment', { forceNewDeployment: true }, { deployments: [aDeployment({ id: older })] }, false],
  [
    'a forced deployment',
    { forceNewDeployment: true },
    { taskDefinitionArn: td(1), deployments: [aDeployment({ taskDefinitionArn: td(1) })] },
    true,
  ],
  ['somebody else’s deployment', { forceNewDeployment: true }, {}, false],
  ['the count asked for', { desiredCount: 4 }, { desiredCount: 4 }, true],
  ['another count', { desiredCount: 4 }, { desiredCount: 2 }, false],
])('after a lost answer of UpdateService, %s counts as done or not', async (_, change, now, done) => {
  let updates = 0
  const calls = {
    async update() {
      updates++
      if (updates === 1) throw lost
      return aService()
    },
    service: async () => aService(now),
  }
  await updateOnce(before, change, {
    calls,
    clock: steppingClock(0),
    deadline: minutes(30),
    trouble() {},
  })
  expect(updates).toBe(done ? 1 : 2)
})

const definition: JsonObject = { family: 'web', containerDefinitions: [{ name: 'app', image: 'a:2' }] }
const team = { key: 'team', value: 'shop' }

test.each<[string, JsonObject, JsonObject[], boolean]>([
  ['that says the same', {}, [team], true],
  ['with another image', { containerDefinitions: [{ name: 'app', image: 'a:1' }] }, [team], false],
  ['without the tags', {}, [], false],
])(
  'after a lost answer of RegisterTaskDefinition, a newest revision %s is taken or not',
  async (_, change, tags, done) => {
    let registrations = 0
    const answer = { definition: { ...definition, ...change, taskDefinitionArn: td(2) }, tags }
    const calls = {
      async register() {
        registrations++
        if (registrations === 1) throw lost
        return answer
      },
      taskDefinition: async () => answer,
    }
    await registerOnce(
      { ...definition, tags: [team] },
      {
        calls,
        clock: steppingClock(0),
        deadline: minutes(30),
        trouble() {},
      },
    )
    expect(registrations).toBe(done ? 1 : 2)
  },
)
