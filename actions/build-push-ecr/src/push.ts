import { type ActionContext, ActionError, type StoredImage } from '@ecs-release/core'
import { concluded } from './conclude.ts'
import type { Registry } from './configuration.ts'
import { type Destination, openDestination } from './destination.ts'
import type { Pushed } from './docker/build.ts'
import type { PrivateConfig } from './docker/private-config.ts'
import { pullImage } from './docker/pull-image.ts'
import { finish } from './finish.ts'
import type { Inputs } from './inputs.ts'
import { type Found, imagesOf } from './look.ts'
import { type LaterCache, makeImage, openDocker } from './make-image.ts'
import type { Obtained } from './obtained.ts'
import type { Plan } from './plan.ts'
import type { TagState } from './publish.ts'
import { pushedImage } from './pushed-image.ts'
import { newReport, outputsOf, type Report } from './report.ts'
import { labelsOf } from './request.ts'
import { type Reusable, reusable } from './reusable.ts'
import type { Stopwatch } from './stopwatch.ts'
import { layersOf } from './stored-image.ts'
import { tellReuse } from './tell-reuse.ts'

/** Takes the image that is there or builds one, and then gives it its tags while its cache is written. */
export async function push(
  { output }: Pick<ActionContext<Inputs>, 'output'>,
  plan: Plan,
  found: Found,
  watch: Stopwatch,
): Promise<Report> {
  const { clients, clock, repository, tags, inputs } = plan
  const destination = await watch.time('preflight', () => openDestination(plan, found))
  const { uri, host, created } = destination
  const registry: Registry = { clients, repository, clock }
  await using docker = await openDocker(plan, host)

  const image = await obtain({ plan, found, destination, registry, docker, watch })
  const { digest } = image.stored
  const report: Report = {
    ...newReport(plan, uri),
    created,
    digest,
    reused: image.reused,
    steps: image.steps,
    tags: [image.under],
    local: inputs.load ? `${uri}:${tags.first}` : undefined,
  }
  // They stand even if the step is cancelled from here on; how it ended is not known yet.
  for (const [name, value] of Object.entries(outputsOf(report))) if (!ENDING.has(name)) output(name, value)

  const cached = image.writeCache && watch.time('cache', image.writeCache)
  try {
    const finishing = { plan, registry, found, watch }
    return concluded(plan, report, await finish(finishing, image))
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

async function obtain(surroundings: Surroundings): Promise<Obtained> {
  const { plan, found, destination, registry, docker, watch } = surroundings
  const { tags, log, repository } = plan
  const there = await watch.time('preflight', () => reusable(plan, found, registry))
  if (there !== undefined) return reuse(surroundings, there)
  const made = await watch.time('build and push', () => makeImage(plan, found, destination, docker))
  if (made.kind === 'pushed') return watch.time('tags', () => pushed(surroundings, made))
  if (made.kind === 'built') throw new Error('A build that was to push has not')
  if (found.ifExists !== 'reuse') throw made.error
  log.info(`Another job has pushed ${tags.first} meanwhile, for good: looking whether it is this image`)
  const names = tags.tags.map(({ tag }) => tag)
  const existing = (await imagesOf(plan, repository, names)) ?? new Map()
  const theirs = await reusable(plan, { ...found, existing }, registry)
  if (theirs === undefined) throw made.error
  return reuse({ ...surroundings, found: { ...found, existing } }, theirs)
}

async function pushed(
  { plan, found, registry }: Surroundings,
  made: Pushed & { cache: LaterCache | undefined },
): Promise<Obtained> {
  const tag = plan.tags.first
  const before = found.existing.get(tag)?.digest
  const others = plan.tags.tags.filter((other) => other.tag !== tag).map((other) => other.tag)
  const seen = await pushedImage(registry, { digest: made.digest, tag, before, others })
  const { stored } = seen
  return {
    stored,
    read: undefined,
    labels: Object.fromEntries(labelsOf(plan, found).map(({ name, value }) => [name, value])),
    reused: false,
    steps: made.steps,
    under: { tag, state: stateOf(before, stored) },
    before: found.existing,
    now: seen.others,
    writeCache: await cacheWriter(registry, made.cache, stored),
  }
}

function stateOf(before: string | undefined, { digest }: StoredImage): TagState {
  if (before === undefined) return 'pushed'
  return before === digest ? 'unchanged' : 'moved'
}

/** undefined when the cache holds every layer of the image already. */
async function cacheWriter(
  registry: Registry,
  cache: LaterCache | undefined,
  stored: StoredImage,
): Promise<Obtained['writeCache']> {
  if (cache?.held === undefined || cache.held.size === 0) return cache?.write
  const { held, write } = cache
  try {
    const layers = await layersOf(registry, stored)
    return layers?.every((digest) => held.has(digest)) ? undefined : write
  } catch (error) {
    if (error instanceof ActionError) return write
    throw error
  }
}

async function reuse(
  { plan, found, destination, docker, watch }: Surroundings,
  { image, tag }: Reusable,
): Promise<Obtained> {
  const { log, tags, inputs, signal, repository } = plan
  const { stored, labels } = image
  log.info(`${repository.name}:${tag} was built from this commit and these inputs: it is taken as it is`)
  tellReuse(plan, found, labels)
  if (inputs.load) {
    const wanted = { uri: destination.uri, digest: stored.digest, tag: tags.first }
    await watch.time('load', () => pullImage(wanted, { env: docker.env, signal }))
  }
  return {
    stored,
    read: image,
    labels,
    reused: true,
    steps: undefined,
    under: { tag, state: 'unchanged' },
    before: found.existing,
    now: found.existing,
    writeCache: undefined,
  }
}
