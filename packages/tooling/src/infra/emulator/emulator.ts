import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Environment } from '../terraform.ts'
import { signatureFor } from './signature.ts'

/** An empty AWS account that one test has for itself. */
export interface Emulator extends AsyncDisposable {
  /** Leads terraform, or a shell that runs it, to this account. */
  env: Environment
  endpoint: string
  /** What the account holds, as lines `SERVICE REGION COLLECTION KEY`. */
  inventory(): Promise<string[]>
  /** The IAM actions of the calls that Terraform has made, in their order. */
  calls(): Promise<string[]>
  /** Makes a public hosted zone and returns its id. */
  createZone(name: string): Promise<string>
}

/** Starts moto with the additions of moto_plus.py on a free port of loopback, and waits until it answers, for `patience` milliseconds. */
export async function startEmulator(patience: number = 60_000): Promise<Emulator> {
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  const child = spawn(
    'python3',
    [join(import.meta.dirname, 'moto_plus.py'), '-H', '127.0.0.1', '-p', String(port)],
    { stdio: 'ignore' },
  )
  const stop = async () => {
    if (child.kill()) await once(child, 'exit')
  }
  try {
    await answering(`${endpoint}/moto-api/data.json`, patience, () => child.exitCode !== null)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    endpoint,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: 'us-east-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '3',
    },
    inventory: () => inventory(endpoint),
    calls: async () => JSON.parse(await (await fetch(`${endpoint}/moto-api/calls`)).text()),
    createZone: (name) => createZone(endpoint, name),
    [Symbol.asyncDispose]: stop,
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

async function answering(url: string, patience: number, ended: () => boolean): Promise<void> {
  const over = AbortSignal.timeout(patience)
  while (!over.aborted) {
    if (ended())
      throw new Error(
        'moto ended before it answered: start packages/tooling/src/infra/emulator/moto_plus.py by hand to see why',
      )
    const answer = await fetch(url, { signal: over }).catch(() => undefined)
    if (answer?.ok) return
    await sleep(250)
  }
  throw new Error(`moto did not answer within ${patience / 1000} s`)
}

async function inventory(endpoint: string): Promise<string[]> {
  const held: Record<string, string[]> = JSON.parse(
    await (await fetch(`${endpoint}/moto-api/data.json`)).text(),
  )
  return Object.entries(held).flatMap(([collection, keys]) => keys.map((key) => `${collection} ${key}`))
}

async function createZone(endpoint: string, name: string): Promise<string> {
  const body = `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/"><Name>${name}</Name><CallerReference>${name}</CallerReference></CreateHostedZoneRequest>`
  const answer = await fetch(`${endpoint}/2013-04-01/hostedzone`, {
    method: 'POST',
    headers: signatureFor('route53'),
    body,
  })
  const id = /<Id>\/hostedzone\/([A-Z0-9]+)<\/Id>/.exec(await answer.text())?.[1]
  if (id === undefined) throw new Error(`moto made no hosted zone: ${answer.status}`)
  return id
}
