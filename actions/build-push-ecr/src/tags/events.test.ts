import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type JsonObject, systemClock } from '@ecs-release/core'
import { newSummary } from '@ecs-release/core/action'
import { heardLog } from '@ecs-release/core/heard-log'
import { expect, test } from 'vitest'
import { inputs } from '../inputs.ts'
import { makePlan } from '../plan.ts'
import {
  HEAD,
  MAIN,
  MERGE,
  mergeGroup,
  pullRequest,
  push,
  schedule,
  workflowDispatch,
} from './payloads/payloads.fixture.ts'

interface Event {
  name: string
  ref: string
  /** GITHUB_SHA, as GitHub sets it for that event. */
  sha: string
  payload: JsonObject
  tags: string[]
}

const QUEUE = `gh-readonly-queue/main/pr-7-${MAIN}`
const short = (sha: string) => sha.slice(0, 7)

const EVENTS: Event[] = [
  {
    name: 'push',
    ref: 'refs/heads/main',
    sha: MAIN,
    payload: push('refs/heads/main'),
    tags: [`main-${MAIN}`, short(MAIN), '42', 'main', 'latest'],
  },
  {
    name: 'push',
    ref: 'refs/heads/feature/a',
    sha: MAIN,
    payload: push('refs/heads/feature/a'),
    tags: [`feature-a.951d42dc-${MAIN}`, short(MAIN), '42', 'feature-a.951d42dc'],
  },
  {
    name: 'push',
    ref: 'refs/tags/v1.2.3',
    sha: MAIN,
    payload: push('refs/tags/v1.2.3'),
    tags: [`v1.2.3-${MAIN}`, short(MAIN), '42', 'v1.2.3'],
  },
  {
    name: 'pull_request',
    ref: 'refs/pull/7/merge',
    sha: MERGE,
    payload: pullRequest('octo-org', 'fix'),
    tags: [`fix-${HEAD}`, short(HEAD), '42', 'fix'],
  },
  {
    // From a fork, whose branch main is not ours.
    name: 'pull_request',
    ref: 'refs/pull/7/merge',
    sha: MERGE,
    payload: pullRequest('eve', 'main'),
    tags: [`eve-main-${HEAD}`, '42', 'eve-main.3a7fc455'],
  },
  {
    name: 'schedule',
    ref: 'refs/heads/main',
    sha: MAIN,
    payload: schedule,
    tags: [`main-${MAIN}`, short(MAIN), '42', 'main', 'latest'],
  },
  {
    name: 'workflow_dispatch',
    ref: 'refs/heads/dev',
    sha: MAIN,
    payload: workflowDispatch('refs/heads/dev'),
    tags: [`dev-${MAIN}`, short(MAIN), '42', 'dev'],
  },
  {
    name: 'workflow_dispatch',
    ref: 'refs/heads/main',
    sha: MAIN,
    payload: workflowDispatch('refs/heads/main'),
    tags: [`main-${MAIN}`, short(MAIN), '42', 'main', 'latest'],
  },
  {
    // The queue's own branch is to become main, and is not yet.
    name: 'merge_group',
    ref: `refs/heads/${QUEUE}`,
    sha: MERGE,
    payload: mergeGroup(`refs/heads/${QUEUE}`),
    tags: [
      `gh-readonly-queue-main-pr-7-${MAIN}.018e9eaf-${MERGE}`,
      short(MERGE),
      '42',
      `gh-readonly-queue-main-pr-7-${MAIN}.018e9eaf`,
    ],
  },
]

test.each(EVENTS)('$name on $ref', ({ name, ref, sha, payload, tags }) => {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'event-'))
  const file = join(folder.path, 'event.json')
  writeFileSync(file, JSON.stringify(payload))
  writeFileSync(join(folder.path, 'Dockerfile'), 'FROM scratch\n')
  const env = {
    INPUT_REPOSITORY: 'web',
    INPUT_CONTEXT: folder.path,
    AWS_REGION: 'us-east-1',
    GITHUB_EVENT_NAME: name,
    GITHUB_EVENT_PATH: file,
    GITHUB_REF: ref,
    GITHUB_SHA: sha,
    GITHUB_REPOSITORY: 'octo-org/shop',
    GITHUB_RUN_NUMBER: '42',
  }
  const { signal } = new AbortController()
  const surroundings = {
    log: heardLog(),
    summary: newSummary(),
    clock: systemClock,
    output: () => {},
    save: () => {},
    signal,
  }
  const plan = makePlan({ inputs: inputs.read(env), env, ...surroundings })
  expect(plan.tags.tags.map(({ tag }) => tag)).toEqual(tags)
})
