import { isJsonObject, parseJsonObject, type Service, textOf } from '@ecs-release/core'
import type { Started } from './deploy.ts'
import type { Followed } from './follow.ts'

/** How far a run has come. */
export interface SoFar {
  recorder: Recorder
  before?: Service
  /** The task definition that UpdateService was called with for the release, refused or not. */
  updating?: string
  started?: Started
  /** Of the release. */
  deploymentArn?: string
  followed?: Followed
}

const stages = [
  /** UpdateService was called for the release: a deployment has begun, or may have. */
  'releasing',
  /** No deployment was begun. That of somebody else may be followed, and is not for us to roll back. */
  'not-ours',
  /** StopServiceDeployment was called, which is done once at most. What came of it is not known yet, or it was refused. */
  'telling',
  /** ECS rolls the deployment back at our word. */
  'told',
  /** UpdateService was called with what ran before. */
  'bringing-back',
  /** The step has said how it ended. */
  'reported',
] as const

export type Stage = (typeof stages)[number]

/** What has been asked of ECS, for whoever has to say what a cancelled run leaves. */
export interface Traces {
  stage: Stage
  /** What UpdateService was called with last. */
  taskDefinitionArn: string
  /** The PRIMARY deployment of before that call, which is nobody's to roll back here. */
  replacing: string
  /** Of the deployment that this call has started, once ECS lists it. */
  deploymentArn: string | undefined
  /** The status with which it has ended; undefined while it goes on, as far as is known. */
  ended: string | undefined
}

/** Notes each call that changes the service at the moment at which it is made. */
export interface Recorder {
  readonly traces: Traces | undefined
  /** Begins anew; undefined takes back what was noted of a call that was refused. */
  begin(traces: Pick<Traces, 'stage' | 'taskDefinitionArn' | 'replacing'>): void
  restore(traces: Traces | undefined): void
  /** Changes nothing before something has begun. */
  note(change: Partial<Pick<Traces, 'stage' | 'deploymentArn' | 'ended'>>): void
}

/** `save` keeps a text for the post step at once: a cancelled process may be killed at any moment. */
export function newRecorder(save: (name: string, value: string) => void): Recorder {
  let traces: Traces | undefined
  const keep = (next: Traces | undefined): void => {
    traces = next
    // In one text, so that the parts always belong together.
    save('traces', JSON.stringify(next ?? {}))
  }
  return {
    get traces() {
      return traces
    },
    begin: (begun) => keep({ ...begun, deploymentArn: undefined, ended: undefined }),
    restore: keep,
    note(change) {
      if (traces !== undefined) keep({ ...traces, ...change })
    },
  }
}

/** What was saved; undefined for a run that has changed nothing, or has said how it ended. */
export function tracesOf(saved: (name: string) => string | undefined): Traces | undefined {
  const text = parseJsonObject(saved('traces') ?? '')
  if (!isJsonObject(text)) return undefined
  const stage = stages.find((each) => each === text.stage)
  const taskDefinitionArn = textOf(text, 'taskDefinitionArn')
  if (stage === undefined || stage === 'not-ours' || stage === 'reported') return undefined
  if (taskDefinitionArn === undefined) return undefined
  return {
    stage,
    taskDefinitionArn,
    replacing: textOf(text, 'replacing') ?? '',
    deploymentArn: textOf(text, 'deploymentArn'),
    ended: textOf(text, 'ended'),
  }
}
