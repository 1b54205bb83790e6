import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { balanced, world } from './world.fixture.ts'

/** Answers as told, for as long as told; the last answer stays. */
async function site(answers: readonly (number | string)[]) {
  let asked = 0
  const server = createServer((_, response) => {
    const answer = answers[Math.min(asked++, answers.length - 1)] ?? 200
    if (typeof answer === 'number') response.writeHead(answer).end()
    else response.end(answer)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      server.close()
      server.closeAllConnections()
    },
  }
}

describe.concurrent('probes', () => {
  test('that users would make are answered by the new release through its load balancer', async () => {
    await using aws = await world({ ...balanced, timeScale: 60 })
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: v2.uri, probes: `${aws.stack.url}/health` })
    expect(run.outputs).toMatchObject({ outcome: 'succeeded', verified: 'true' })
    expect(run.summary).toContain('right after 3 tries')
    expect(run.evidence?.probes).toEqual([{ url: `${aws.stack.url}/health`, tries: 3, passed: true }])
  })

  test('that go wrong at first are asked again', async () => {
    await using aws = await world()
    await using users = await site([502, 200, 502, '{"version":"v2"}'])
    const v2 = await aws.push('v2')
    await using run = await aws.deploy({ images: v2.uri, probes: `${users.url}/ json:/version=v2` })
    expect(run.outputs.outcome).toBe('succeeded')
    expect(users.asked()).toBe(6)
  })

  test('that fail make it unhealthy, and what ran before comes back', async () => {
    await using aws = await world()
    await using well = await site([204])
    await using users = await site([503])
    const v2 = await aws.push('v2')
    const lines = [`${well.url}/ok status=204`, `${users.url}/orders?token=hush`]
    await using run = await aws.deploy({ images: v2.uri, probes: lines.join('\n') })
    expect(run.outputs).toMatchObject({ outcome: 'unhealthy', 'rolled-back': 'true', verified: 'false' })
    expect(run.outputs.message).toBe(
      `orders ran orders:2 and was not healthy: ${users.url}/orders answered 503, not 200 (8 of 8 answers were wrong, so that three right ones in a row could no longer come within ten tries). Rolled back to orders:1`,
    )
    expect(run.outputs.findings).toContain('"probe-failed"')
    // The page tells apart what was proven of the new revision and what runs by now.
    expect(run.summary).toContain('| Runs now | orders:1 |')
    expect(run.summary).toMatch(/Digest of app before the rollback \| <code>sha256:/)
    expect(run.summary).toContain('expected by the input images; ran on 1 of 1 tasks')
    expect(run.summary).toContain('probe-failed')
    expect(run.summary).not.toMatch(/; runs on|is not healthy/)
    expect(`${run.log}${run.summary}${JSON.stringify(run.evidence)}`).not.toContain('hush')
  })

  test('are not made where nothing was proven', async () => {
    await using aws = await world()
    await using users = await site([200])
    const v2 = await aws.push('v2', { fault: 'exit' })
    await using run = await aws.deploy({ images: v2.uri, probes: users.url })
    expect(run.outputs.outcome).toBe('rolled-back')
    expect(users.asked()).toBe(0)
  })

  test('of a service that needed no deployment tell that it is unwell, and change nothing', async () => {
    await using aws = await world()
    await using users = await site(['{"version":"v1"}'])
    const probes = `${users.url}/version json:/version=v2`
    await using run = await aws.deploy({ images: aws.v1.uri, probes })
    expect(run.outputs).toMatchObject({ outcome: 'unhealthy', 'rolled-back': 'false', verified: 'true' })
    expect(run.outputs.message).toContain('has "v1" at /version, not "v2"')
  })
})
