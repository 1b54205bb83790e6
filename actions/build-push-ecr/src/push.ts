import type { ActionContext, StoredImage } from '@ecs-release/core'
import { concluded } from './conclude.ts'
import { type Destination, openDestination } from './destination.ts'
import type { PrivateConfig } from './docker/private-config.ts'
import type { StepCounts } from './docker/progress.ts'
import { pullImage } from './docker/pull-image.ts'
import { finish } from './finish.ts'
import type { Inputs } from './inputs.ts'
import { type Found, imagesOf } from './look.ts'
import { makeImage, openDocker } from './make-image.ts'
import type { Plan } from './plan.ts'
import { newReport, outputsOf, type Report } from './report.ts'
import { reusable } from './reusable.ts'
import type { Stopwatch } from './stopwatch.ts'
import { pushedImage, type ReadImage, type Registry, readImage } from './stored-image.ts'

/** Takes the image that is there or builds one, and then gives it its tags while its cache is written. */
export async function push(
  { output }: Pick<ActionContext<Inputs>, 'output'>,
  plan: Plan,
  found: Found,
  watch: Stopwatch,
): Promise<Report> {
  const { clients, keeper, repository, tags, inputs } = plan
  const destination = await watch.time('preflight', () => openDestination(plan, found))
  const { uri, host, created } = destination
  const registry: Registry = { clients, keeper, repository, host }
  await using docker = await openDocker(plan, host)

  const image = await obtain({ plan, found, destination, registry, docker, watch })
  const { digest } = image.stored
  const report: Report = {
    ...newReport(plan, uri),
    created,
    digest,
    reused: image.reused,
    steps: image.steps,
    tags: [{ tag: tags.first, state: 'pushed' }],
    local: inputs.load ? `${uri}:${tags.first}` : undefined,
  }
  // They stand even if the step is cancelled from here on; how it ended is not known yet.
  for (const [name, value] of Object.entries(outputsOf(report))) if (!ENDING.has(name)) output(name, value)

  const cached = image.writeCache && watch.time('cache', image.writeCache)
  try {
    const reading = image.read === undefined ? readImage(registry, image.stored) : Promise.resolve(image.read)
    return concluded(plan, report, await finish(plan, image.found, image.stored, reading, watch))
  } finally {
    await cached
  }
}

const ENDING: ReadonlySet<string> = new Set(['outcome', 'message', 'findings'])

interface Surroundings {
  plan: Plan
  found: Found
  destination: Destination
  registry: Registry
  docker: PrivateConfig
  watch: Stopwatch
}

/** The image in the repository, from wherever it came. */
interface Obtained {
  stored: StoredImage
  /** What is known of it, where it was looked at. */
  read: ReadImage | undefined
  reused: boolean
  steps: StepCounts | undefined
  /** What was there before this image. */
  found: Found
  writeCache: (() => Promise<void>) | undefined
}

async function obtain(surroundings: Surroundings): Promise<Obtained> {
  const { plan, found, destination, registry, docker, watch } = surroundings
  const { clock, tags, log, inputs, repository } = plan
  const there = await watch.time('preflight', () => reusable(plan, found, registry))
  if (there !== undefined) return reuse(surroundings, there)
  const made = await watch.time('build and push', () => makeImage(plan, found, destination, docker))
  if (made.kind === 'built') {
    const before = found.existing.get(tags.first)?.digest
    const told = { digest: made.digest ?? '', tag: tags.first, before }
    const stored = await watch.time('tags', () => pushedImage(registry, told, clock))
    return { stored, read: undefined, reused: false, found, steps: made.steps, writeCache: made.writeCache }
  }
  if (inputs.ifExists !== 'reuse') throw made.error
  log.info(`Another job has pushed ${tags.first} meanwhile, for good: looking whether it is this image`)
  const names = tags.tags.map(({ tag }) => tag)
  const existing = (await imagesOf(plan, repository, names)) ?? new Map()
  const theirs = await reusable(plan, { ...found, existing }, registry)
  if (theirs === undefined) throw made.error
  return reuse({ ...surroundings, found: { ...found, existing } }, theirs)
}

async function reuse(
  { plan, found, destination, docker, watch }: Surroundings,
  read: ReadImage,
): Promise<Obtained> {
  const { log, tags, inputs, signal, repository } = plan
  const { stored } = read
  log.info(
    `${repository.name}:${tags.first} was built from this commit and these inputs: it is taken as it is`,
  )
  if (inputs.load) {
    const image = { uri: destination.uri, digest: stored.digest, tag: tags.first }
    await watch.time('load', () => pullImage(image, { env: docker.env, signal }))
  }
  return { stored, read, found, reused: true, steps: undefined, writeCache: undefined }
}
