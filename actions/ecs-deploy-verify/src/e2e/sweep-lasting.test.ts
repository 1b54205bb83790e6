import { describe, expect, test } from 'vitest'
import { recordedCalls } from './reference.fixture.ts'
import { at, disturbed, type Left } from './sweep.fixture.ts'

/** How a run ends that may not make a call, and one whose credentials expire at it. */
interface Endings {
  denied: string
  expired: string
}

const ends: Endings = { denied: 'failed', expired: 'failed' }

/** By the call as IAM spells it. One that is recorded and not listed here fails the sweep: say how a run without it ends. */
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
}

const calls = await recordedCalls()
const told = ({ log, outputs, summary }: Left['run']) => `${log}\n${outputs.message}\n${summary}`

/** What a run that ended early says of the deployment that it leaves behind, and what it had written by then. */
function nothingHalfDone({ deployments, revisions, run, written }: Left): void {
  const started = written.includes('ecs:UpdateService')
  expect(deployments).toBe(started ? 2 : 1)
  expect(revisions).toBe(written.includes('ecs:RegisterTaskDefinition') ? 2 : 1)
  if (run.outputs.outcome !== 'failed') return
  const goesOn = `Amazon ECS goes on with the deployment of orders:2 to orders (${run.outputs['deployment-id']})`
  if (started && run.outputs['deployment-arn'] === '') expect(run.outputs.message).toContain(goesOn)
  if (!started) expect(run.outputs.message).not.toContain('goes on')
}

describe.concurrent('a call that the role may not make', () => {
  test.each(calls)(
    'without $action the step ends as it should, and names it',
    async ({ action, scenario }) => {
      const expected = endings[action]?.denied
      const deny = { fault: { kind: 'denied' } } as const
      await disturbed(scenario, [at(action, deny)], (left) => {
        const { run } = left
        expect(run.outputs.outcome).toBe(expected)
        nothingHalfDone(left)
        if (action === 'sts:GetCallerIdentity') return
        expect(told(run)).toContain(action)
        if (expected !== 'failed' && expected !== 'unverified') return
        expect(run.outputs.message).toContain(`AWS does not allow ${action}`)
        expect(run.annotations[0]?.message).toContain(`"Action":"${action}"`)
        expect(run.summary).toContain(action)
      })
    },
  )
})

describe.concurrent('credentials that expire', () => {
  test.each(calls)('at $action end the step, and it says so', async ({ action, scenario }) => {
    const expected = endings[action]?.expired
    const expire = { fault: { kind: 'expired' } } as const
    await disturbed(scenario, [at(action, expire)], (left) => {
      const { run } = left
      expect(run.outputs.outcome).toBe(expected)
      nothingHalfDone(left)
      if (action === 'sts:GetCallerIdentity') return
      expect(told(run)).toContain('AWS did not accept the credentials')
      if (expected !== 'failed') return
      expect(run.outputs.message).toContain('AWS did not accept the credentials')
      expect(run.annotations[0]?.message).toContain('role-duration-seconds')
    })
  })
})
