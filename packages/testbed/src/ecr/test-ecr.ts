import { ECRClient } from '@aws-sdk/client-ecr'
import { buildImage } from '../images/build-image.ts'
import type { OciImage } from '../images/oci-image.ts'
import { type ImageRegistry, imageRegistry } from '../images/registry.ts'
import { type VirtualClock, virtualClock } from '../time/virtual-clock.ts'
import { type Credentials, credentials } from '../wire/credentials.ts'
import { faults } from '../wire/faults.ts'
import { defaultPlace } from '../wire/place.ts'
import { startWireServer, type WireServer } from '../wire/server.ts'
import { type Ecr, type EcrOptions, startEcr } from './ecr.ts'

/** ECR over HTTP with an SDK client, on a clock that stands still until it is told to go on. */
export interface TestEcr extends AsyncDisposable {
  ecr: Ecr
  images: ImageRegistry
  client: ECRClient
  clock: VirtualClock
  credentials: Credentials
  server: WireServer
  /** A request to the registry, e.g. `/v2/web/tags/list`, with a fresh password unless it brings its own authorization. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

export async function testEcr(options: Partial<EcrOptions> = {}): Promise<TestEcr> {
  const images = imageRegistry(defaultPlace)
  const clock = virtualClock(Date.now())
  const account = { credentials: credentials(), faults: faults() }
  const shared = { clock, place: defaultPlace, credentials: account.credentials }
  const ecr = await startEcr({ images, ...shared, ...options })
  const server = await startWireServer({
    services: [ecr.service],
    throttling: options.throttling ?? false,
    now: () => clock.now(),
    place: defaultPlace,
    ...account,
  })
  const session = account.credentials.session
  const { accessKeyId, secretAccessKey, sessionToken } = session
  const client = new ECRClient({
    endpoint: server.url,
    region: defaultPlace.region,
    // One attempt a call, so that a test sees each answer.
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  })
  return {
    ...{ ecr, images, client, clock, server, credentials: account.credentials },
    fetch(path, init = {}) {
      const headers = new Headers(init.headers)
      if (!headers.has('authorization')) headers.set('authorization', basic(ecr.login().password))
      return fetch(`http://${ecr.host}${path}`, { redirect: 'manual', ...init, headers })
    },
    async [Symbol.asyncDispose]() {
      client.destroy()
      await server[Symbol.asyncDispose]()
      await ecr[Symbol.asyncDispose]()
      await images[Symbol.asyncDispose]()
    },
  }
}

export function basic(password: string): string {
  return `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`
}

/** A small image; another text gives another digest. */
export function smallImage(text = 'one', architecture = 'amd64'): Promise<OciImage> {
  return buildImage({ files: { 'app/a.js': text }, config: { Cmd: ['node', 'app/a.js'] }, architecture })
}
