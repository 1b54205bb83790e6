import { ECRClient } from '@aws-sdk/client-ecr'
import { type ImageRegistry, imageRegistry } from '../images/registry.ts'
import type { Clock } from '../time/clock.ts'
import { type Credentials, credentials } from '../wire/credentials.ts'
import { type Faults, faults } from '../wire/faults.ts'
import { defaultPlace } from '../wire/place.ts'
import { startWireServer, type WireServer } from '../wire/server.ts'
import { type Ecr, type EcrOptions, startEcr } from './ecr.ts'

/** An ECR of its own, over HTTP, with an SDK client for it. */
export interface EcrOverHttp extends AsyncDisposable {
  ecr: Ecr
  images: ImageRegistry
  client: ECRClient
  credentials: Credentials
  faults: Faults
  server: WireServer
}

/** `maxAttempts` is the SDK client's; 1 lets a test see each answer. */
export async function ecrOverHttp(
  clock: Clock,
  { maxAttempts = 3, ...options }: Partial<EcrOptions> & { maxAttempts?: number } = {},
): Promise<EcrOverHttp> {
  const images = imageRegistry(defaultPlace)
  const account = { credentials: credentials(), faults: faults() }
  const { accessKeyId, secretAccessKey, sessionToken } = account.credentials.session
  const ecr = await startEcr({
    images,
    clock,
    place: defaultPlace,
    credentials: account.credentials,
    ...options,
  })
  const server = await startWireServer({
    services: [ecr.service],
    throttling: options.throttling ?? false,
    now: () => clock.now(),
    place: defaultPlace,
    ...account,
  })
  const client = new ECRClient({
    endpoint: server.url,
    region: defaultPlace.region,
    maxAttempts,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
  })
  return {
    ecr,
    images,
    client,
    server,
    ...account,
    async [Symbol.asyncDispose]() {
      client.destroy()
      await server[Symbol.asyncDispose]()
      await ecr[Symbol.asyncDispose]()
      await images[Symbol.asyncDispose]()
    },
  }
}
