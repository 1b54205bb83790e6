import type { Environment } from '../../action/spec.ts'
import type { Finding } from '../finding.ts'
import type { OutcomeName } from '../outcome.ts'
import type { ContainerDigest, TaskDigests } from '../proof/proof.ts'

/** One thing that happened, in the order of the clock of this machine. */
export interface Moment {
  /** ISO 8601, UTC. */
  at: string
  text: string
}

/** How often an AWS action was called: `ecs:DescribeServices`. */
export interface CallCount {
  name: string
  count: number
}

/**
 * What proves an outcome, for people and audits: who deployed what, when, from what to what, what runs, and how that is
 * known. Names and digests only: no parameter of a call and no value of an environment variable. Its JSON Schema is
 * evidence.schema.json in this folder; unknown values are null, so that each member is always there.
 */
export interface Evidence {
  schema: 'ecs-release-actions/evidence/1'
  action: string
  outcome: OutcomeName
  message: string
  verified: boolean
  rolledBack: boolean
  /** What the action itself did about a failure, as a sentence. */
  rollback: string | null
  startedAt: string
  endedAt: string
  durationSeconds: number
  /** ARN of the identity whose credentials were used. */
  caller: string | null
  github: GithubRun
  service: { arn: string; name: string; cluster: string }
  from: { deploymentId: string | null; serviceRevisionArns: readonly string[]; taskDefinitionArn: string }
  to: {
    deploymentId: string | null
    deploymentArn: string | null
    serviceRevisionArn: string | null
    taskDefinitionArn: string | null
  }
  probes: readonly { url: string; tries: number; passed: boolean }[]
  containers: readonly ContainerDigest[]
  tasks: readonly { task: string; digests: Readonly<Record<string, string | null>> }[]
  timeline: readonly Moment[]
  findings: readonly Finding[]
  calls: readonly CallCount[]
}

/** The run that deployed. Source: GitHub, "Default environment variables". */
export interface GithubRun {
  repository: string | null
  commit: string | null
  ref: string | null
  workflow: string | null
  runId: string | null
  runAttempt: string | null
  actor: string | null
}

export function githubRun(env: Environment): GithubRun {
  return {
    repository: env.GITHUB_REPOSITORY ?? null,
    commit: env.GITHUB_SHA ?? null,
    ref: env.GITHUB_REF ?? null,
    workflow: env.GITHUB_WORKFLOW ?? null,
    runId: env.GITHUB_RUN_ID ?? null,
    runAttempt: env.GITHUB_RUN_ATTEMPT ?? null,
    actor: env.GITHUB_ACTOR ?? null,
  }
}

/** Digests of tasks as evidence holds them: an unreported one is null, as JSON has no undefined. */
export function taskEvidence(tasks: readonly TaskDigests[]): Evidence['tasks'] {
  return tasks.map(({ task, digests }) => ({
    task,
    digests: Object.fromEntries(
      Object.entries(digests).map(([container, digest]) => [container, digest ?? null]),
    ),
  }))
}
