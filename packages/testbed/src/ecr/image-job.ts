import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CreateRepositoryCommand, type CreateRepositoryRequest, ECRClient } from '@aws-sdk/client-ecr'
import { type ImageRegistry, imageRegistry } from '../images/registry.ts'
import type { ActionOptions, ActionRun } from '../runner/action-run.ts'
import { runAction } from '../runner/run-action.ts'
import { scaledClock } from '../time/scaled-clock.ts'
import { type Credentials, credentials } from '../wire/credentials.ts'
import { type Faults, faults } from '../wire/faults.ts'
import { defaultPlace } from '../wire/place.ts'
import { startWireServer, type WireServer } from '../wire/server.ts'
import { type Ecr, type EcrOptions, startEcr } from './ecr.ts'

/** A job that builds an image: a local ECR with its own clock, a checkout, and what a step finds in its environment. */
export interface ImageJob extends AsyncDisposable {
  ecr: Ecr
  images: ImageRegistry
  client: ECRClient
  credentials: Credentials
  faults: Faults
  server: WireServer
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
  const images = imageRegistry(defaultPlace)
  const clock = scaledClock(100)
  const account = { credentials: credentials(), faults: faults() }
  const place = defaultPlace
  const ecr = await startEcr({ images, clock, place, credentials: account.credentials, ...options })
  const wire = { services: [ecr.service], throttling: false, now: () => clock.now(), place, ...account }
  const server = await startWireServer(wire)
  const { accessKeyId, secretAccessKey, sessionToken } = account.credentials.session
  const keys = { accessKeyId, secretAccessKey, sessionToken }
  const client = new ECRClient({ endpoint: server.url, region: place.region, credentials: keys })
  const home = join(root, 'home')
  mkdirSync(join(home, '.docker'), { recursive: true })
  const workspace = join(root, 'workspace')
  const commit = checkout(workspace, files)
  const endpoint = { AWS_ENDPOINT_URL: server.url, AWS_REGION: place.region }
  const env = { ...environment(home), ...account.credentials.environment(), ...endpoint }
  let clones = 0
  return {
    ...{ ecr, images, client, server, workspace, commit, home, env, ...account },
    step: (inputs = {}, { github, ...more } = {}) =>
      runAction({
        ...{ actionPath, inputs, env, workspace, event },
        github: { sha: commit, ...github },
        ...more,
      }),
    async repository(repositoryName, more = {}) {
      await client.send(new CreateRepositoryCommand({ repositoryName, ...more }))
    },
    clone() {
      clones += 1
      const folder = join(root, `clone-${clones}`)
      git(root, 'clone', '-q', workspace, folder)
      return folder
    },
    async [Symbol.asyncDispose]() {
      client.destroy()
      await server[Symbol.asyncDispose]()
      await ecr[Symbol.asyncDispose]()
      await images[Symbol.asyncDispose]()
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
function environment(home: string): Record<string, string> {
  const config = join(home, '.docker')
  const theirs = process.env.DOCKER_CONFIG ?? join(process.env.HOME ?? '', '.docker')
  writeFileSync(
    join(config, 'config.json'),
    JSON.stringify({ cliPluginsExtraDirs: [join(theirs, 'cli-plugins')] }),
  )
  const host = process.env.DOCKER_HOST
  return { HOME: home, DOCKER_CONFIG: config, ...(host === undefined ? {} : { DOCKER_HOST: host }) }
}
