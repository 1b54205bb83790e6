import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { runWritten, type WrittenAction } from './written-action.fixture.ts'

const stages = (run: { stdout: string }) => run.stdout.trim().split('\n')
const action: WrittenAction = { pre: "say('pre')", main: "say('main')", post: "say('post')" }

describe('pre, main and post', () => {
  test.each<[string, WrittenAction, string[], string]>([
    ['all succeed', action, ['pre', 'main', 'post'], 'success'],
    ['main fails', { ...action, main: "say('main'); process.exit(1)" }, ['pre', 'main', 'post'], 'failure'],
    ['pre fails', { ...action, pre: "say('pre'); process.exit(1)" }, ['pre', 'post'], 'failure'],
    ['post fails', { ...action, post: "say('post'); process.exit(1)" }, ['pre', 'main', 'post'], 'failure'],
    [
      'post only on success',
      { ...action, main: 'process.exit(1)', runs: ['post-if: success()'] },
      ['pre'],
      'failure',
    ],
    ['post only on failure', { ...action, runs: ['post-if: failure()'] }, ['pre', 'main'], 'success'],
    ['pre never', { ...action, runs: ['pre-if: failure()'] }, ['main', 'post'], 'success'],
    ['an error line alone', { main: "say('::error::x', 'main')" }, ['::error::x', 'main'], 'success'],
    ['a command that fails', { main: "say('::set-env name=A::1')" }, ['::set-env name=A::1'], 'failure'],
  ])('%s', async (_, written, ran, conclusion) => {
    await using run = await runWritten(written)
    expect(stages(run)).toEqual(ran)
    expect(run.conclusion).toBe(conclusion)
  })

  test('state goes to later stages, command files do not', async () => {
    const size = 'readFileSync(process.env.GITHUB_STATE).length'
    await using run = await runWritten({
      pre: "append('GITHUB_STATE', 'a=pre\\n'); say('::save-state name=b::pre')",
      main: `import { existsSync, readFileSync } from 'node:fs'; say(process.env.STATE_a + process.env.STATE_b + ${size}); append('GITHUB_STATE', 'a=main\\n')`,
      post: 'say(process.env.STATE_a + process.env.STATE_b)',
    })
    expect(stages(run).slice(1)).toEqual(['prepre0', 'mainpre'])
    expect(run.state).toEqual({ a: 'main', b: 'pre' })
  })

  test("a script's death by a signal is a failure with the shell's exit code", async () => {
    await using run = await runWritten({ main: 'process.kill(process.pid, "SIGKILL")' })
    expect(run).toMatchObject({ exitCode: 137, conclusion: 'failure' })
  })

  test('processes that an action left behind hold it up no longer than 5 s and end with the job', async () => {
    const main = `import { spawn } from 'node:child_process'
      const code = 'setInterval(() => {}, 1000)'
      const child = spawn(process.execPath, ['-e', code], { detached: true, stdio: 'inherit' })
      child.once('spawn', () => { say(child.pid); child.unref() })`
    await using run = await runWritten({ main })
    const pid = Number(run.stdout)
    expect(pid).toBeGreaterThan(1)
    expect(run.durationMs).toBeGreaterThan(5000)
    await expect.poll(() => isAlive(pid)).toBe(false)
  })
})

describe('cancellation', () => {
  const wait = 'setInterval(() => {}, 1000)'
  const told = (signal: string) => `process.on('${signal}', () => say('${signal}'))`

  test('interrupts main, then runs post', async () => {
    const main = `process.on('SIGINT', () => { append('GITHUB_OUTPUT', 'a=1'); process.exit(0) }); ${wait}`
    await using run = await runWritten({ main, post: action.post ?? '' }, { cancelAfterMs: 1500 })
    expect(run).toMatchObject({ exitCode: 0, conclusion: 'cancelled', outputs: { a: '1' }, stdout: 'post\n' })
  })

  test('goes on to SIGTERM and SIGKILL as each is ignored', async () => {
    const main = `${told('SIGINT')}; ${told('SIGTERM')}; ${wait}`
    const grace = { interrupted: 300, terminated: 200 }
    await using run = await runWritten({ main }, { cancelAfterMs: 1500, grace })
    expect(run).toMatchObject({ exitCode: 137, conclusion: 'cancelled', stdout: 'SIGINT\nSIGTERM\n' })
    expect(run.durationMs).toBeGreaterThanOrEqual(1000)
  })

  test("gives the runner's own time to finish when nothing else is said", async () => {
    const main = `${told('SIGINT')}; ${wait}`
    // Late enough for the handler of SIGINT to be there on a busy machine.
    const cancelAfterMs = 2000
    await using run = await runWritten({ main }, { cancelAfterMs })
    expect(run).toMatchObject({ exitCode: 143, conclusion: 'cancelled' })
    expect(run.durationMs).toBeGreaterThanOrEqual(cancelAfterMs + 7500)
    expect(run.durationMs).toBeLessThan(cancelAfterMs + 10_000)
  })

  test('before main begins skips main', async () => {
    await using run = await runWritten(action, { signal: AbortSignal.abort() })
    expect(run).toMatchObject({ conclusion: 'cancelled', stdout: 'pre\npost\n' })
  })

  test('leaves alone what always runs', async () => {
    const pre = "append('GITHUB_STATE', 'pid=' + process.pid); setTimeout(() => say('pre'), 400)"
    await using run = await runWritten({ ...action, pre }, { signal: AbortSignal.timeout(200) })
    expect(run).toMatchObject({ conclusion: 'cancelled', exitCode: 0, stdout: 'pre\npost\n' })
  })
})

// A dead process whose new parent has not asked for its status is still listed, as a zombie.
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !existsSync('/proc') || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}
