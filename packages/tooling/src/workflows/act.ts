import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { type ActJob, actLog } from './act-log.ts'

export interface ActOptions {
  /** The repository whose workflow runs; its working tree is what actions/checkout brings. */
  repository: string
  /** Path of the workflow in it. */
  workflow: string
  event?: string
  /** The event's payload. */
  payload: Record<string, unknown>
  /** Variables of the GitHub repository, the `vars` context. */
  vars: Readonly<Record<string, string>>
  /** Secrets of the GitHub repository, the `secrets` context. */
  secrets: Readonly<Record<string, string>>
  /** What every step finds in its environment. */
  env: Readonly<Record<string, string>>
  /** Folders that stand for `OWNER/REPO@REF`. */
  uses: Readonly<Record<string, string>>
}

export interface ActRun {
  exitCode: number | null
  jobs: ActJob[]
  stderr: string
}

/** act loses the last lines of a failing step: the process lingers until they are read. */
const drainNode =
  "process.on('exit', (code) => code && Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100))"
const drainShell = "trap 'rc=$?; [ $rc = 0 ] || sleep 0.1' EXIT"
const patience = 240_000

/** Runs one workflow by nektos/act on this host, offline. */
export async function runAct(options: ActOptions): Promise<ActRun> {
  const folder = mkdtempSync(join(tmpdir(), 'act-'))
  try {
    mkdirSync(join(folder, 'home'))
    const run = await once(options, folder)
    // A run-time error of act itself, of which it has known ones: fatal errors end it with 2.
    return run.exitCode === 2 ? await once(options, folder) : run
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function once(options: ActOptions, folder: string): Promise<ActRun> {
  const child = spawn('act', argumentsFor(options, folder), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // All of it reaches every step.
    env: {
      PATH: [dirname(process.execPath), process.env.PATH].join(':'),
      HOME: join(folder, 'home'),
      LANG: 'C.UTF-8',
      TERM: 'dumb',
      NO_COLOR: '1',
      PAGER: 'cat',
      ACT_DISABLE_VERSION_CHECK: '1',
    },
  })
  const timers = ['SIGINT', 'SIGKILL'] as const
  const started = timers.map((signal, i) => setTimeout(() => child.kill(signal), patience + i * 10_000))
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve)
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text
  })
  const log = actLog()
  for await (const line of createInterface({ input: child.stdout })) log.read(line)
  const exitCode = await ended
  for (const timer of started) clearTimeout(timer)
  return { exitCode, jobs: log.jobs(), stderr }
}

function argumentsFor(options: ActOptions, folder: string): string[] {
  const file = (name: string, text: string): string => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const json = (name: string, value: unknown): string => file(name, JSON.stringify(value))
  const env = {
    NODE_OPTIONS: `--require=${file('drain.cjs', drainNode)}`,
    BASH_ENV: file('drain.sh', drainShell),
    ...options.env,
  }
  return [
    options.event ?? 'push',
    '--json',
    ...['-C', options.repository, '-W', options.workflow],
    ...['-P', 'ubuntu-24.04=-self-hosted'],
    ...['--no-cache-server', '--action-offline-mode', '--action-cache-path', join(folder, 'cache'), '--rm'],
    // None of them is read from the repository or this machine; without a token act would ask gh for a real one.
    ...['--env-file', '/dev/null', '--input-file', '/dev/null'],
    ...['--var-file', json('vars.yml', options.vars)],
    ...['--secret-file', json('secrets.yml', { GITHUB_TOKEN: 'not-a-token', ...options.secrets })],
    ...['-e', json('event.json', options.payload)],
    ...['--concurrent-jobs', '1'],
    ...pairs('--local-repository', options.uses),
    ...pairs('--env', env),
  ]
}

function pairs(flag: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`])
}
