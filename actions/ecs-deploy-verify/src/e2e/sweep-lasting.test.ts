import { afterAll, describe, expect, test, vi } from 'vitest'
import { afterLongDraining } from './draining.fixture.ts'
import { statements } from './permissions.fixture.ts'
import { recordedCalls, repeatedCalls, type Scenario } from './reference.fixture.ts'
import { at, disturbed, type Left } from './sweep.fixture.ts'

// These runs mostly wait.
vi.setConfig({ maxConcurrency: 8 })

/** How a run ends that may not make a call, and one whose credentials expire at it: all outcomes that are right. */
interface Endings {
  denied: string
  expired: string | readonly string[]
}

const ends: Endings = { denied: 'failed', expired: 'failed' }
/** Whether the call was the wait's, or already the diagnosis's, depends on the moment at which ECS ends the deployment. */
const anyMoment: Endings = { denied: 'rolled-back', expired: ['failed', 'rolled-back'] }

/** By the call as IAM spells it, from its first one on. One that is recorded and not listed here fails the sweep: say how a run without it ends. */
const endings: Readonly<Record<string, Endings>> = {
  'ecs:DescribeServices': ends,
  'ecs:DescribeTaskDefinition': ends,
  'ecs:RegisterTaskDefinition': ends,
  'ecs:UpdateService': ends,
  // Without these the deployment is read out of the service.
  'ecs:ListServiceDeployments': { denied: 'succeeded', expired: 'failed' },
  'ecs:DescribeServiceDeployments': { denied: 'succeeded', expired: 'failed' },
  // Without these nothing can be proven.
  'ecs:DescribeServiceRevisions': { denied: 'unverified', expired: 'failed' },
  'ecs:ListTasks': { denied: 'unverified', expired: 'failed' },
  'ecs:DescribeTasks': { denied: 'unverified', expired: 'failed' },
  // These only check before the deployment and explain after it.
  'ecr:BatchGetImage': { denied: 'succeeded', expired: 'failed' },
  'ecr:GetDownloadUrlForLayer': { denied: 'succeeded', expired: 'failed' },
  'ecr:DescribePullThroughCacheRules': { denied: 'refused', expired: 'failed' },
  'elasticloadbalancing:DescribeTargetGroups': { denied: 'succeeded', expired: 'failed' },
  'logs:DescribeLogGroups': { denied: 'succeeded', expired: 'failed' },
  'elasticloadbalancing:DescribeTargetHealth': { denied: 'succeeded', expired: 'failed' },
  'logs:GetLogEvents': { denied: 'rolled-back', expired: 'rolled-back' },
  'ecs:StopServiceDeployment': { denied: 'failed', expired: 'failed' },
  // It needs no permission, and only names the caller in the evidence.
  'sts:GetCallerIdentity': { denied: 'succeeded', expired: 'succeeded' },
  'ecr:DescribeRepositories': { denied: 'succeeded', expired: 'failed' },
}

/** From the second call on, where that ends otherwise. */
const repeated: Readonly<Record<string, Endings>> = {
  // An image that is missing as far as anybody could look is deployed.
  'ecr:BatchGetImage': { denied: 'rolled-back', expired: 'failed' },
  'ecs:ListTasks': anyMoment,
  'ecs:DescribeTasks': anyMoment,
  // By the deployment that takes the failure back, which cannot be proven then.
  'ecs:DescribeServiceRevisions': ends,
}

interface Row {
  scenario: Scenario
  action: string
  expected: Endings | undefined
  /** From which of the calls on. */
  nth: number
  title: string
}

const recordings = await recordedCalls()
const first = recordings.map(
  ({ action, scenario }): Row => ({
    scenario,
    action,
    expected: endings[action],
    nth: 1,
    title: `${scenario.name}: ${action}`,
  }),
)
const second = (await repeatedCalls()).map(
  ({ action, scenario }): Row => ({
    scenario,
    action,
    expected: repeated[action] ?? endings[action],
    nth: 2,
    title: `${scenario.name}: ${action} from its second call on`,
  }),
)
const calls = [...first, ...second]

test('every call of the policy is disturbed', () => {
  const met = new Set([...calls.map(({ action }) => action), afterLongDraining])
  // Rights that IAM asks for as part of another call are none to disturb; denied.test.ts has them.
  const asked = new Set(recordings.flatMap(({ permissions }) => [...permissions]))
  const listed = statements.flatMap(({ actions }) => Object.keys(actions))
  expect(listed.filter((action) => !met.has(action) && !asked.has(action))).toEqual([])
})

const told = ({ log, outputs, summary }: Left['run']) => `${log}\n${outputs.message}\n${summary}`
const seen = { goingOn: 0 }

/** What a run that ended early says of the deployment that it leaves behind, and what it had written by then. */
function nothingHalfDone({ made, run, status, written }: Left): void {
  const count = (name: string) => written.filter((each) => each === name).length
  const started = count('ecs:UpdateService') > 0
  expect(made).toEqual([count('ecs:RegisterTaskDefinition'), count('ecs:UpdateService')])
  const { message = '', outcome } = run.outputs
  if (outcome !== 'failed') return
  if (!started) expect(message).not.toMatch(/goes on|roll/)
  // By what ECS said when the step had ended.
  if (!started || status === undefined || ended.has(status)) return
  seen.goingOn += 1
  const goesOn = `Amazon ECS goes on with the deployment of orders:2 to orders (${run.outputs['deployment-id']})`
  const said = [goesOn, 'Amazon ECS was told to roll the deployment of orders:2 back', 'The rollback failed']
  expect(said.some((each) => message.includes(each))).toBe(true)
}

const ended = new Set(['SUCCESSFUL', 'STOPPED', 'ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED'])

describe.concurrent('a call that the role may not make', () => {
  test.each(calls)('without $title the step ends as it should, and names it', async (row) => {
    const { action, nth, scenario } = row
    const expected = row.expected?.denied
    const deny = { fault: { kind: 'denied' }, nth, times: Infinity } as const
    await disturbed(scenario, [at(action, deny)], (left) => {
      const { run } = left
      expect(run.outputs.outcome, run.log).toBe(expected)
      nothingHalfDone(left)
      if (action === 'sts:GetCallerIdentity') return
      expect(told(run)).toContain(action)
      if (expected !== 'failed' && expected !== 'unverified') return
      expect(run.outputs.message).toContain(`AWS does not allow ${action}`)
      expect(run.annotations[0]?.message).toContain(`"Action":"${action}"`)
      expect(run.summary).toContain(action)
    })
  })
})

describe.concurrent('credentials that expire', () => {
  test.each(calls)('at $title end the step, and it says so', async (row) => {
    const { action, nth, scenario } = row
    const expected = row.expected?.expired
    const expire = { fault: { kind: 'expired' }, nth, times: Infinity } as const
    await disturbed(scenario, [at(action, expire)], (left) => {
      const { run } = left
      expect([expected].flat(), run.log).toContain(run.outputs.outcome)
      nothingHalfDone(left)
      if (action === 'sts:GetCallerIdentity') return
      expect(told(run)).toContain('AWS did not accept the credentials')
      if (run.outputs.outcome !== 'failed') return
      expect(run.outputs.message).toContain('AWS did not accept the credentials')
      expect(run.annotations[0]?.message).toContain('role-duration-seconds')
    })
  })
})

afterAll(() => {
  // How many still go on when they are looked at depends on the machine; those of the tasks that fail alike always do.
  expect(seen.goingOn).toBeGreaterThan(1)
})
