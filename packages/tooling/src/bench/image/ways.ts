import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { ImageJob } from '@ecs-release/testbed'

/** What all ways of building have to do in a round. */
export interface Task {
  repository: string
  commit: string
  /** Of the workflow run. */
  number: number
}

/** One way to build an image and push it with five tags. */
export interface Way {
  name: string
  run(task: Task): Promise<void>
}

export interface Ways {
  ours: Way
  /** What people do without the action: the build command alone, logged in already, and the commands of the usual steps. */
  others: Way[]
  /** Removes from the engine the images that were built, and from its builder the steps whose text holds `mark`. */
  tidy(mark: string): Promise<void>
}

export async function ways(job: ImageJob): Promise<Ways> {
  const prompt = commandLine(job, 'by-hand')
  const steps = commandLine(job, 'steps')
  await prompt.login()
  return {
    ours: { name: 'build-push-ecr', run: (task) => action(job, task) },
    others: [
      {
        name: 'docker buildx build --push by hand',
        // No attestation, as in the action: it is the cheaper way.
        run: (task) => prompt.run(...build(job, task), '--provenance=false', '.'),
      },
      { name: "the five steps' commands", run: (task) => fiveSteps(job, steps, task) },
    ],
    async tidy(mark) {
      const listed = await prompt.ask('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}')
      const ours = listed.split('\n').filter((image) => image.startsWith(`${job.ecr.host}/`))
      if (ours.length > 0) await prompt.ask('image', 'rm', ...ours)
      await prompt.ask('buildx', 'prune', '--all', '--force', '--filter', `description~=${mark}`)
    },
  }
}

async function action(job: ImageJob, { repository, commit, number }: Task): Promise<void> {
  const github = { sha: commit, run_number: String(number) }
  await using run = await job.step({ repository }, { github })
  if (run.conclusion !== 'success') throw new Error(run.log)
}

/**
 * login, setup, metadata, build, logout: the processes that the usual actions start, without their own start-up, without a
 * BuildKit container of their own, and without what they do after the job.
 */
async function fiveSteps(job: ImageJob, docker: CommandLine, task: Task): Promise<void> {
  await docker.login()
  await docker.run('buildx', 'inspect', '--bootstrap')
  const created = new Date().toISOString()
  await docker.run('version')
  await docker.run('info')
  await docker.run('buildx')
  await docker.run('buildx', 'version')
  await docker.run('buildx', 'inspect')
  await docker.run('buildx', 'version')
  await docker.run('buildx', 'inspect')
  await docker.run(...build(job, task), `--label=org.opencontainers.image.created=${created}`, '.')
  await docker.run('logout', job.ecr.host)
}

/** Five tags and the cache that the action would use. */
function build(job: ImageJob, { repository, commit, number }: Task): string[] {
  const tags = [`main-${commit}`, commit.slice(0, 7), 'latest', String(number), 'main']
  const cache = `type=registry,ref=${job.ecr.host}/${repository}-cache:main`
  return [
    'buildx',
    'build',
    '--progress=plain',
    '--push',
    `--label=org.opencontainers.image.revision=${commit}`,
    `--cache-from=${cache}`,
    `--cache-to=${cache},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`,
    ...tags.map((tag) => `--tag=${job.ecr.host}/${repository}:${tag}`),
  ]
}

interface CommandLine {
  /** Throws with what docker says when it fails. */
  run(...args: string[]): Promise<void>
  /** What docker prints. */
  ask(...args: string[]): Promise<string>
  login(): Promise<void>
}

/** `docker` at a prompt, with a configuration of its own, so that none sees another's login. */
function commandLine(job: ImageJob, name: string): CommandLine {
  const config = join(job.home, name)
  mkdirSync(config, { recursive: true })
  const plugins = process.env.DOCKER_CONFIG ?? join(process.env.HOME ?? '', '.docker')
  writeFileSync(
    join(config, 'config.json'),
    JSON.stringify({ cliPluginsExtraDirs: [join(plugins, 'cli-plugins')] }),
  )
  const env = { PATH: process.env.PATH ?? '', ...job.env, DOCKER_CONFIG: config }
  const docker = async (args: readonly string[], input = ''): Promise<string> => {
    const child = spawn('docker', args, { cwd: job.workspace, env, stdio: 'pipe' })
    // A command that reads nothing may have ended by now.
    child.stdin.on('error', () => {}).end(input)
    const outputs = Promise.all([text(child.stdout), text(child.stderr)])
    const [[printed, said], [status]] = await Promise.all([outputs, once(child, 'close')])
    if (status !== 0) throw new Error(`docker ${args.join(' ')}: ${said}`)
    return printed
  }
  return {
    run: async (...args) => void (await docker(args)),
    ask: (...args) => docker(args),
    async login() {
      const { username, password } = job.ecr.login()
      await docker(['login', '--username', username, '--password-stdin', job.ecr.host], password)
    },
  }
}
