import type { Finding } from '../finding.ts'

/** Where the digest that a container has to run was taken from. */
export type DigestSource = 'images' | 'task-definition' | 'registry' | 'service-revision'

/** The digest that every task has to run in one container. */
export interface ContainerDigest {
  container: string
  image: string
  digest: string
  source: DigestSource
  /** What Amazon ECS reports of the tasks: this digest, or that of an image which the index of this digest lists. */
  reported: readonly string[]
}

/** What one task runs. */
export interface TaskDigests {
  task: string
  /** undefined where ECS reported none. */
  digests: Readonly<Record<string, string | undefined>>
}

/** Whether the tasks of a deployment run what they should. */
export type Proof =
  | {
      kind: 'proven'
      containers: readonly ContainerDigest[]
      tasks: readonly TaskDigests[]
      unproven: readonly string[]
    }
  | { kind: 'mismatch'; finding: Finding; tasks: readonly TaskDigests[] }
  /** `by` is the deployment that has taken over: `ecs-svc/M`. */
  | { kind: 'superseded'; by: string; finding: Finding; tasks: readonly TaskDigests[] }
  | { kind: 'not-provable'; finding: Finding; tasks: readonly TaskDigests[] }

/** What keeps a look from being a proof, and may pass. */
export type OpenPoint = 'revision' | 'too-few-tasks' | 'sick-tasks' | 'silent-digest' | 'old-tasks'

/** A verdict of one look: final, or not yet, with the proof that stands once the point has been open for `patience` milliseconds. */
export type Judgement =
  | { kind: 'final'; proof: Proof }
  | { kind: 'not-yet'; point: OpenPoint; waitingFor: string; patience: number; proof: Proof }
