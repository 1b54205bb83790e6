import { createServer } from 'node:http'
import { newLogbook } from '@ecs-release/core'
import { expect, test } from 'vitest'
import { probeAll } from './probes.ts'

const clock = { now: () => 0, sleep: async () => {} }

/** What became of one probe of a site that gives these answers, of which the last stays. */
async function asked(answers: readonly number[]) {
  let count = 0
  const server = createServer((_, response) =>
    response.writeHead(answers[Math.min(count++, answers.length - 1)] ?? 200).end(),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/health`
  const probe = { url: `${url}?token=hush`, status: 200, member: undefined, timeout: 5000 }
  const [probed] = await probeAll(
    {
      clock,
      log: { info() {}, group: (_, body) => body() },
      logbook: newLogbook(clock),
      signal: new AbortController().signal,
    },
    [probe],
  )
  server.close()
  return { ...probed, fault: probed?.fault?.replace(url, 'URL') }
}

const tooLate = 'so that three right ones in a row could no longer come within ten tries'

test.each([
  [[503], 8, `URL answered 503, not 200 (8 of 8 answers were wrong, ${tooLate})`],
  [
    [200, 200, 500, 200, 200, 500, 200, 200, 500],
    9,
    `URL answered 500, not 200 (3 of 9 answers were wrong, ${tooLate})`,
  ],
  [[500, 200], 4, undefined],
])('answers %j: it is said why no more were asked for', async (answers, tries, fault) => {
  expect(await asked(answers)).toMatchObject({ tries, fault })
})
