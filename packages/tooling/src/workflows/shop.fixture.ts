import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createStack, startTestbed, steady, type Testbed } from '@ecs-release/testbed'
import { clusterOf, service } from './account.ts'
import { type ActOptions, type ActRun, runAct } from './act.ts'
import type { ActJob } from './act-log.ts'
import { references, stage } from './staged.ts'
import { type UserRepository, userRepository } from './user-repository.ts'

/** What a run of a workflow did. */
export interface WorkflowRun extends ActRun {
  /** The job whose name ends so. */
  job(name: string): ActJob
  /** What the caller's last job wrote down: the outputs of the called workflow. */
  outputs: Record<string, string>
  /** The roles that were assumed, in order. */
  roles: string[]
  /** Names of the artifacts, with the text of their one file. */
  artifacts: Record<string, string>
}

export interface RunOptions {
  /** Variables of the repository on GitHub. */
  vars?: Record<string, string>
  /** Secrets of the repository on GitHub. */
  secrets?: Record<string, string>
  /** What somebody fills in who starts it by hand; without it a push starts it. */
  inputs?: Record<string, string>
  /** Whether a pull request of the commit to main starts it. */
  pullRequest?: boolean
}

export interface ServiceOptions {
  variables?: Record<string, string>
  desiredCount?: number
}

/** An AWS account, the suite as GitHub ships it, and a user's repository in which a workflow can be run. */
export interface Shop extends AsyncDisposable {
  testbed: Testbed
  repository: UserRepository
  /** Creates the service of an environment, which runs an image on one task unless it is to run none. */
  service(environment: string, image: string, options?: ServiceOptions): Promise<void>
  /** Runs a workflow of the repository at a commit. */
  run(workflow: string, commit: string, options?: RunOptions): Promise<WorkflowRun>
}

export const buildRole = 'arn:aws:iam::111122223333:role/orders-build'
/** What the variable of a GitHub environment says; act knows one set of variables for all. */
export const variableRole = 'arn:aws:iam::111122223333:role/orders-deploy'
export const deployRole = (environment: string): string =>
  `arn:aws:iam::111122223333:role/orders-${environment}-deploy`

export const variables: Record<string, string> = {
  AWS_REGION: 'us-east-1',
  AWS_BUILD_ROLE_ARN: buildRole,
  AWS_DEPLOY_ROLE_ARN: variableRole,
  AWS_VERIFY_ROLE_ARN: variableRole,
}

/** Only a task that answers is healthy, however slowly a busy machine starts it: a crash cannot pass for a success. */
const balanced = {
  healthCheckGracePeriodSeconds: 1200,
  loadBalancer: {
    healthCheckPath: '/health',
    healthCheckInterval: 10,
    healthyThreshold: 2,
    unhealthyThreshold: 3,
    deregistrationDelay: 10,
  },
} as const

export async function shop(): Promise<Shop> {
  await using starting = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'shop-'))
  starting.defer(() => rmSync(folder, { recursive: true, force: true }))
  const testbed = starting.use(await startTestbed({ timeScale: 40, tasks: 'containers' }))
  const own = starting.use(userRepository())
  const staged = stage(join(folder, 'staged'))
  const running = starting.move()
  let runs = 0
  return {
    testbed,
    repository: own,
    async service(environment, image, { desiredCount = 1, variables = {} } = {}) {
      const stack = await createStack(testbed.clients, {
        name: clusterOf(environment),
        image,
        desiredCount,
        containerPort: 8080,
        ...balanced,
        environment: variables,
        service: (input) => ({ ...input, serviceName: service }),
      })
      await steady(testbed, { ...stack, service })
    },
    async run(workflow, commit, { inputs, pullRequest = false, secrets = {}, vars = variables } = {}) {
      runs += 1
      const out = outFolder(join(folder, `run-${runs}`), testbed)
      const run = await runAct({
        repository: own.folder,
        workflow,
        ...(pullRequest ? ofPullRequest(commit) : ofMain(commit, inputs)),
        vars,
        secrets,
        env: { ...stepEnvironment(testbed, commit, runs), ACT_OUT: out },
        uses: references(staged),
      })
      return { ...run, job: finder(run), ...leftIn(out) }
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const repository = { full_name: 'octo-org/shop', default_branch: 'main', private: true }

/** A push to main or, with inputs, a start by hand. */
function ofMain(commit: string, inputs?: Record<string, string>): Pick<ActOptions, 'event' | 'payload'> {
  const payload = { ref: 'refs/heads/main', after: commit, deleted: false, repository }
  return inputs === undefined
    ? { event: 'push', payload }
    : { event: 'workflow_dispatch', payload: { ...payload, inputs } }
}

function ofPullRequest(commit: string): Pick<ActOptions, 'event' | 'payload'> {
  const head = { ref: 'feature', sha: commit, repo: repository }
  const base = { ref: 'main', sha: '1'.repeat(40), repo: repository }
  const payload = { action: 'opened', number: 7, pull_request: { number: 7, head, base }, repository }
  return { event: 'pull_request', payload }
}

/** Where AWS is and what a GitHub-hosted runner has; no credentials, which are the credentials step's to bring. */
function stepEnvironment({ environment }: Testbed, commit: string, number: number): Record<string, string> {
  const { DOCKER_CONFIG, DOCKER_HOST } = process.env
  return {
    AWS_ENDPOINT_URL: environment.AWS_ENDPOINT_URL ?? '',
    // What the runner's metadata service would answer is not to be asked for.
    AWS_EC2_METADATA_DISABLED: 'true',
    GITHUB_REPOSITORY: 'octo-org/shop',
    SHA_REF: commit,
    GITHUB_RUN_ID: String(4_000_000 + number),
    GITHUB_RUN_NUMBER: String(number),
    BUILDX_BUILDER: 'default',
    ...(DOCKER_HOST === undefined ? {} : { DOCKER_HOST }),
    ...(DOCKER_CONFIG === undefined ? {} : { DOCKER_CONFIG }),
  }
}

function outFolder(folder: string, { environment }: Testbed): string {
  mkdirSync(folder)
  const names = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']
  const credentials = Object.fromEntries(names.map((name) => [name, environment[name] ?? '']))
  writeFileSync(join(folder, 'credentials.json'), JSON.stringify(credentials))
  return folder
}

function finder({ jobs, stderr }: ActRun): (name: string) => ActJob {
  return (name) => {
    const found = jobs.find((job) => job.name.endsWith(name))
    if (found !== undefined) return found
    throw new Error(`no job ${name} among ${jobs.map((job) => job.name).join(', ')}\n${stderr}`)
  }
}

function leftIn(folder: string): Pick<WorkflowRun, 'outputs' | 'roles' | 'artifacts'> {
  const text = (name: string): string | undefined =>
    readdirSync(folder).includes(name) ? readFileSync(join(folder, name), 'utf8') : undefined
  const artifacts = join(folder, 'artifacts')
  const names = readdirSync(folder).includes('artifacts') ? readdirSync(artifacts) : []
  const fileIn = (name: string): string => {
    const [file = ''] = readdirSync(join(artifacts, name))
    return readFileSync(join(artifacts, name, file), 'utf8')
  }
  return {
    outputs: JSON.parse(text('outputs.json') ?? '{}'),
    roles: (text('roles.txt') ?? '').split('\n').filter((line) => line !== ''),
    artifacts: Object.fromEntries(names.map((name) => [name, fileIn(name)])),
  }
}
