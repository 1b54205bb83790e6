import { type Manifest, parseManifest } from '../../aws/ecr/manifest.ts'
import { isJsonObject, parseJsonObject } from '../../aws/json.ts'
import { locate } from './locate.ts'
import type { RegistryCalls, RepositoryPlace } from './registry-calls.ts'
import { runsOn } from './task-platform.ts'

type Calls = Pick<RegistryCalls, 'blob' | 'image' | 'repository'>

/**
 * The TCP ports in the configuration of an image, of an index that for `platform`.
 * Source: OCI image specification, `config.ExposedPorts`: `8080/tcp`, or `8080`.
 */
export async function exposedPorts(
  image: string,
  platform: string | undefined,
  calls: Calls,
): Promise<readonly number[]> {
  const located = await locate(image, calls)
  if ('why' in located) return []
  const { id, place } = located
  const manifest = await imageManifest(calls, place, await manifestAt(calls, place, id), platform)
  if (manifest === undefined) return []
  const { config } = parseJsonObject(await calls.blob(place, manifest.config)) ?? {}
  const exposed = isJsonObject(config) && isJsonObject(config.ExposedPorts) ? config.ExposedPorts : {}
  return Object.keys(exposed).flatMap((port) => {
    const [, number] = /^(\d+)(?:\/tcp)?$/.exec(port) ?? []
    return number === undefined ? [] : [Number(number)]
  })
}

async function manifestAt(
  calls: Calls,
  place: RepositoryPlace,
  id: Parameters<Calls['image']>[1],
): Promise<Manifest | undefined> {
  const stored = await calls.image(place, id)
  return typeof stored === 'string' ? undefined : parseManifest(stored.manifest)
}

/** The image itself, where an index leads to one. */
async function imageManifest(
  calls: Calls,
  place: RepositoryPlace,
  manifest: Manifest | undefined,
  platform = '',
): Promise<(Manifest & { kind: 'image' }) | undefined> {
  if (manifest?.kind !== 'index') return manifest
  const child = manifest.images.find((each) => runsOn(platform, each.platform)) ?? manifest.images[0]
  const found = child && (await manifestAt(calls, place, { digest: child.digest }))
  return found?.kind === 'image' ? found : undefined
}
