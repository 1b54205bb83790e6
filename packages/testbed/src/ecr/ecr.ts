import { createServer } from 'node:http'
import type { ImageRegistry } from '../images/registry.ts'
import type { Clock } from '../time/clock.ts'
import { buckets } from '../wire/buckets.ts'
import type { Credentials } from '../wire/credentials.ts'
import { type Faults, faults } from '../wire/faults.ts'
import { closeServer, listenOn } from '../wire/listen.ts'
import type { Place } from '../wire/place.ts'
import type { Service } from '../wire/service.ts'
import { type EcrConsistency, immediate } from './consistency.ts'
import { ecrService } from './ecr-service.ts'
import { startLayerStore } from './registry/layer-store.ts'
import type { RegistryFault } from './registry/registry-fault.ts'
import { type RegistryLog, registryRecorder } from './registry/registry-log.ts'
import { respond } from './registry/registry-server.ts'
import { repositoryRecords } from './repository-record.ts'
import { type Scans, scans } from './scans.ts'
import { type Tokens, tokens } from './tokens.ts'
import type { EcrWorld } from './world.ts'

export interface EcrOptions {
  clock: Clock
  place: Place
  /** The store; what tasks pull from it is what was pushed here. */
  images: ImageRegistry
  /** Whose denials hold for the registry too. */
  credentials: Credentials
  /** Whether the token buckets apply to the registry; the API's are the wire server's. */
  throttling?: boolean
  /** Seconds for which an authorization token is good; twelve hours by default. */
  tokenLifetime?: number
  /** Seconds of AWS time that a scan takes unless its result says more. */
  scanSeconds?: number
  /** For how long reads can miss what was written; not at all unless set. */
  consistency?: EcrConsistency
  /** A free one when absent. */
  port?: number
}

/** Amazon ECR: its API for the wire server to host, and its registry, listening. */
export interface Ecr extends AsyncDisposable {
  service: Service
  /** `ADDRESS:PORT` of the registry, the host of every `repositoryUri`. */
  host: string
  tokens: Tokens
  scans: Scans
  /** What goes wrong at the registry; the API's faults are the wire server's. */
  faults: Faults<RegistryFault>
  requests: RegistryLog
  /** The user and a fresh password for a container engine that pulls for the tasks. */
  login(): { username: string; password: string }
}

// Layers come from another host than the registry, which clients tell apart by the address alone.
const registryAddress = '127.0.0.1'
const layerAddress = '127.0.0.2'

/** Starts the registry on a loopback port. Disposal throws when a request failed for a reason of the testbed's own. */
export async function startEcr(options: EcrOptions): Promise<Ecr> {
  const { clock, place, images, credentials } = options
  const server = createServer()
  const host = await listenOn(server, registryAddress, options.port ?? 0)
  const layers = await startLayerStore(layerAddress)
  const ecr: EcrWorld = {
    place,
    clock,
    host,
    repositories: images.repositories,
    records: repositoryRecords(clock),
    tokens: tokens(clock, options.tokenLifetime),
    scans: scans(clock, options.scanSeconds),
    consistency: options.consistency ?? immediate,
    layers,
    accountSettings: new Map(),
  }
  images.aliases.add(host)
  const service = ecrService(ecr)
  const limits = options.throttling ? buckets(() => clock.now()) : undefined
  const registry = { ecr, service, credentials, buckets: limits, uploads: new Map(), layers }
  const listening = { registry, faults: faults<RegistryFault>(), log: registryRecorder(), defects: [] }
  server.on('request', (request, response) => {
    // Only a client that went away ends here.
    respond(listening, request, response).catch(() => response.destroy())
  })
  return {
    service,
    host,
    tokens: ecr.tokens,
    scans: ecr.scans,
    faults: listening.faults,
    requests: listening.log,
    login: () => ({ username: 'AWS', password: ecr.tokens.issue(credentials.session).password }),
    async [Symbol.asyncDispose]() {
      images.aliases.delete(host)
      await closeServer(server)
      await layers[Symbol.asyncDispose]()
      if (listening.defects.length > 0) throw new AggregateError(listening.defects, 'The registry failed')
    },
  }
}
