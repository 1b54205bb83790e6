import { describe, expect, test } from 'vitest'
import { objects } from './answers.fixture.ts'
import { callsOf } from './reference.fixture.ts'
import { type World, world } from './world.fixture.ts'

/*
 * Amazon ECS is eventually consistent, and for as long as it was seen to be, in real time: a deployment is missing from
 * DescribeServices for up to nine seconds and from ListServiceDeployments for up to six. The other runs see it at once.
 */

const real = { describeServices: 8000, listServiceDeployments: 6000, currentServiceDeployment: 9000 }
/** Slow enough that a deployment goes on for longer than that. */
const slow = { timeScale: 8 }

/** Whether each answer of DescribeServices that the action got after its update showed the deployment. */
function seenIn(aws: World, id: string | undefined): boolean[] {
  const calls = callsOf(aws)
  const updated = calls.findIndex(({ operation }) => operation === 'UpdateService')
  const answers = calls.slice(updated).filter(({ operation }) => operation === 'DescribeServices')
  return answers.map(({ output }) => {
    const deployments = objects(output?.services).flatMap((service) => objects(service.deployments))
    return deployments.some((deployment) => deployment.id === id)
  })
}

/** Whether each answer of ListServiceDeployments that the action got listed the deployment. */
function listedIn(aws: World, id: string): boolean[] {
  const answers = callsOf(aws).filter(({ operation }) => operation === 'ListServiceDeployments')
  const revision = id.slice(id.indexOf('/'))
  return answers.map(({ output }) =>
    objects(output?.serviceDeployments).some(({ targetServiceRevisionArn }) =>
      String(targetServiceRevisionArn).endsWith(revision),
    ),
  )
}

describe.concurrent('answers that are seconds old', () => {
  test('an update whose answer got lost is not made again', async () => {
    await using aws = await world({ ...slow, consistency: real })
    const v2 = await aws.push('v2')
    using lost = aws.testbed.faults.inject({
      service: 'ecs',
      operation: 'UpdateService',
      nth: 1,
      fault: { kind: 'reset', processed: true },
    })
    await using run = await aws.deploy({ images: v2.uri, 'force-new-deployment': 'true' })
    expect(lost.hits).toBe(1)
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(aws.testbed.calls.of('ecs', 'UpdateService')).toHaveLength(1)
    expect(seenIn(aws, run.outputs['deployment-id'])[0]).toBe(false)
  })

  test.each(['ecs:ListServiceDeployments', 'ecs:DescribeServiceDeployments'])(
    'without %s, a deployment that is shown and then not is no rollback',
    async (action) => {
      await using aws = await world({ ...slow, consistency: { ...real, alternating: true } })
      aws.testbed.credentials.deny(action)
      const v2 = await aws.push('v2')
      await using run = await aws.deployUnchecked({ images: v2.uri })
      expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true', 'rolled-back': 'false' })
      // Missing, shown, and missing again.
      expect(seenIn(aws, run.outputs['deployment-id']).slice(0, 3)).toEqual([false, true, false])
    },
  )

  test('a deployment that was just started, and is not listed yet, is waited for as what it is', async () => {
    await using aws = await world({ ...slow, consistency: { ...real, describeServices: 0 } })
    const [v2, v3] = [await aws.push('v2'), await aws.push('v3')]
    const { cluster, service } = aws.stack
    const { taskDefinition } = await aws.testbed.clients.ecs.describeTaskDefinition({
      taskDefinition: 'orders',
    })
    const containers = taskDefinition?.containerDefinitions?.map((container) => ({
      ...container,
      image: v2.uri,
    }))
    await aws.testbed.clients.ecs.registerTaskDefinition({
      ...taskDefinition,
      family: 'orders',
      containerDefinitions: containers,
    })
    const updated = await aws.testbed.clients.ecs.updateService({
      cluster,
      service,
      taskDefinition: 'orders',
    })
    const theirs = updated.service?.deployments?.find(({ status }) => status === 'PRIMARY')?.id ?? ''
    await using run = await aws.deploy({ images: v3.uri })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(listedIn(aws, theirs)[0]).toBe(false)
    // The status is that of the service deployment, which ends before the service's own PRIMARY has completed.
    expect(run.log).toMatch(
      new RegExp(`▸ Waiting for ${theirs}.*${theirs}: SUCCESSFUL · .*▸ Deployment`, 's'),
    )
  })
})
