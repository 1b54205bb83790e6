import { describe, expect, test } from 'vitest'
import { editTasks } from './answers.fixture.ts'
import { behindItsBack, registered, verify } from './verify.fixture.ts'
import { world } from './world.fixture.ts'

describe.concurrent('verify: a service that was changed behind its back', () => {
  test('failed: the tag was pushed again and the service deployed by force', async () => {
    await using aws = await world()
    const tagged = await registered(aws, aws.v1.reference)
    await behindItsBack(aws, { taskDefinition: tagged })
    await using first = await verify(aws, { images: aws.v1.uri })
    expect(first.outputs.outcome).toBe('succeeded')
    const moved = await aws.push('v1', { says: ['something else'] })
    await behindItsBack(aws, { forceNewDeployment: true })
    await using run = await verify(aws, { images: aws.v1.uri })
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false', digests: '{}' })
    expect(run.outputs.message).toMatch(
      /^orders \(orders:2\) does not run what it should: the service revision/,
    )
    expect(run.outputs.message).toContain(`has ${moved.digest} for container app, not ${aws.v1.digest}`)
    expect(run.evidence?.findings).toMatchObject([{ code: 'digest-mismatch' }])
    expect(run.annotations[0]?.message).toContain('UpdateService in CloudTrail say who and when')
  })

  test('failed: another revision was deployed', async () => {
    await using aws = await world()
    const v2 = await aws.push('v2')
    await behindItsBack(aws, { taskDefinition: await registered(aws, v2.uri) })
    await using run = await verify(aws, { images: `app=${aws.v1.uri}` })
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false' })
    expect(run.outputs.message).toContain(`has ${v2.digest} for container app, not ${aws.v1.digest}`)
    expect(run.summary).toMatch(/\| Expected image of app \| <code>/)
  })

  test('failed: the tag has moved since it was deployed', async () => {
    await using aws = await world()
    await behindItsBack(aws, { taskDefinition: await registered(aws, aws.v1.reference) })
    const moved = await aws.push('v1', { says: ['something else'] })
    await using run = await verify(aws, { images: aws.v1.reference })
    expect(run.outputs.outcome).toBe('failed')
    expect(run.outputs.message).toContain(`${aws.v1.reference} names ${moved.digest} in Amazon ECR`)
  })

  test('failed: one task alone runs another digest', async () => {
    await using aws = await world()
    const imageDigest = `sha256:${'b'.repeat(64)}`
    aws.testbed.faults.inject(editTasks((container) => ({ ...container, imageDigest })))
    await using run = await verify(aws)
    expect(run.outputs).toMatchObject({ outcome: 'failed', verified: 'false' })
    expect(run.outputs.message).toContain(`runs ${imageDigest} in container app, not ${aws.v1.digest}`)
  })
})
