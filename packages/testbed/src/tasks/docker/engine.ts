import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { isObject, type JsonObject } from '../../wire/json.ts'

/** A container engine's API on its socket. Source: Docker Engine API reference. */
export interface Engine {
  /** The whole answer; throws EngineError for a status of 400 and more. */
  call(method: string, path: string, options?: CallOptions): Promise<JsonObject>
  /** An answer that goes on, as the logs of a container do. */
  open(method: string, path: string, options?: CallOptions): Promise<IncomingMessage>
}

export interface CallOptions {
  body?: JsonObject
  headers?: Readonly<Record<string, string>>
}

/** What the engine answered instead of doing it; the message is its own. */
export class EngineError extends Error {
  override readonly name: string = 'EngineError'
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** The engine's socket, as the docker CLI would find it; undefined when DOCKER_HOST names an engine elsewhere. */
export function engineSocket(environment: Readonly<NodeJS.ProcessEnv> = process.env): string | undefined {
  const host = environment.DOCKER_HOST || 'unix:///var/run/docker.sock'
  return host.startsWith('unix://') ? host.slice('unix://'.length) : undefined
}

export function engineAt(socketPath: string): Engine {
  const open = async (method: string, path: string, options: CallOptions = {}): Promise<IncomingMessage> => {
    const answer = await send(socketPath, method, path, options)
    if ((answer.statusCode ?? 500) < 400) return answer
    const { message } = parse(await text(answer))
    throw new EngineError(answer.statusCode ?? 500, String(message ?? `${method} ${path} failed`))
  }
  return { open, call: async (...request) => parse(await text(await open(...request))) }
}

function send(
  socketPath: string,
  method: string,
  path: string,
  { body, headers = {} }: CallOptions,
): Promise<IncomingMessage> {
  const content = body && JSON.stringify(body)
  const type = content === undefined ? {} : { 'content-type': 'application/json' }
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path, headers: { ...type, ...headers } }, resolve)
    outgoing.on('error', reject)
    outgoing.end(content)
  })
}

function parse(body: string): JsonObject {
  try {
    const value: unknown = JSON.parse(body)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
