import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CreateRepositoryCommand, type CreateRepositoryRequest } from '@aws-sdk/client-ecr'
import type { EcrOptions } from '../ecr/ecr.ts'
import { type EcrOverHttp, ecrOverHttp } from '../ecr/ecr-over-http.ts'
import type { ActionOptions, ActionRun } from '../runner/action-run.ts'
import { runAction } from '../runner/run-action.ts'
import { scaledClock } from '../time/scaled-clock.ts'
import { defaultPlace } from '../wire/place.ts'

/** A job that builds an image: an ECR with its own clock, a checkout, and what a step finds in its environment. */
export interface ImageJob extends EcrOverHttp {
  /** The checkout, with one commit. */
  workspace: string
  commit: string
  /** Of the runner's user: DOCKER_CONFIG is below it. */
  home: string
  /** Endpoint, credentials and Docker's variables. */
  env: Record<string, string>
  /** A repository of that name. */
  repository(name: string, options?: Partial<CreateRepositoryRequest>): Promise<void>
  /** Another checkout of the same commit, whose files are new. */
  clone(): string
  /** Runs the action as a step that a push to main started. */
  step(inputs?: ActionOptions['inputs'], options?: Partial<ActionOptions>): Promise<ActionRun>
}

const event = { repository: { full_name: 'octo-org/shop', default_branch: 'main' } }

/** The commit's time, in seconds since the epoch. */
export const COMMIT_TIME = 1_700_000_000

/** `files` are those of the commit, by path. AWS's own durations pass a hundred times faster. */
export async function imageJob(
  actionPath: string,
  files: Readonly<Record<string, string>>,
  options: Partial<EcrOptions> = {},
): Promise<ImageJob> {
  const root = mkdtempSync(join(tmpdir(), 'image-job-'))
  const clock = scaledClock(100)
  const local = await ecrOverHttp(clock, options)
  const home = join(root, 'home')
  const workspace = join(root, 'workspace')
  const commit = checkout(workspace, files)
  const env = {
    ...docker(home),
    ...local.credentials.environment(),
    AWS_ENDPOINT_URL: local.server.url,
    AWS_REGION: defaultPlace.region,
  }
  let clones = 0
  return {
    ...local,
    workspace,
    commit,
    home,
    env,
    step(inputs = {}, { github, ...more } = {}) {
      const asPush = { event, github: { sha: commit, ...github } }
      return runAction({ actionPath, inputs, env, workspace, ...asPush, ...more })
    },
    async repository(repositoryName, more = {}) {
      await local.client.send(new CreateRepositoryCommand({ repositoryName, ...more }))
    },
    clone() {
      clones += 1
      const folder = join(root, `clone-${clones}`)
      git(root, 'clone', '-q', workspace, folder)
      return folder
    },
    async [Symbol.asyncDispose]() {
      await local[Symbol.asyncDispose]()
      await clock[Symbol.asyncDispose]()
      rmSync(root, { recursive: true, force: true })
    },
  }
}

function checkout(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git(folder, 'init', '-q', '-b', 'main')
  git(folder, 'add', '.')
  git(folder, 'commit', '-q', '-m', 'Add the service')
  return git(folder, 'rev-parse', 'HEAD').trim()
}

function git(folder: string, ...args: string[]): string {
  const date = `${COMMIT_TIME} +0000`
  const who = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', '-c', 'commit.gpgsign=false']
  const env = { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date }
  return execFileSync('git', [...who, '-C', folder, ...args], { encoding: 'utf8', env })
}

/** Docker's variables of this machine, with a configuration folder of the job's own. */
function docker(home: string): Record<string, string> {
  const config = join(home, '.docker')
  mkdirSync(config, { recursive: true })
  const theirs = process.env.DOCKER_CONFIG ?? join(process.env.HOME ?? '', '.docker')
  writeFileSync(
    join(config, 'config.json'),
    JSON.stringify({ cliPluginsExtraDirs: [join(theirs, 'cli-plugins')] }),
  )
  const host = process.env.DOCKER_HOST
  return { HOME: home, DOCKER_CONFIG: config, ...(host === undefined ? {} : { DOCKER_HOST: host }) }
}
