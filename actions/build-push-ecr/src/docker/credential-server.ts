import { createServer, type Server, type Socket } from 'node:net'
import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from '@ecs-release/core'

export interface Login {
  username: string
  secret: string
}

/** Answers for one registry, by the name that Docker uses for it; undefined when there is no login. */
export type FindLogin = (server: string) => Promise<Login | undefined>

// Docker takes this text for "no login", and goes on without one.
const NOT_FOUND = 'credentials not found in native keychain'
const LONGEST_REQUEST = 64 * 1024

/** Listens on a socket for the helper. Who may connect is decided by the permissions of the folder that it is in. */
export async function credentialServer(path: string, find: FindLogin): Promise<AsyncDisposable> {
  const open = new Set<Socket>()
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => socket.destroy())
    let request = ''
    socket.setEncoding('utf8')
    socket.on('data', (text) => {
      request += String(text)
      if (request.length > LONGEST_REQUEST) socket.destroy()
    })
    socket.on('end', () => void answer(request, find).then((text) => socket.end(text)))
  })
  await listening(server, path)
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      for (const socket of open) socket.destroy()
      await closed
    },
  }
}

async function answer(request: string, find: FindLogin): Promise<string> {
  const { action, server } = parseJsonObject(request) ?? {}
  if (action === 'list') return reply(true, '{}')
  // There is nothing to keep or to forget: logging in and out are none of the build's business.
  if (action !== 'get' || typeof server !== 'string') return reply(true, '')
  try {
    const login = await find(server)
    if (login === undefined) return reply(false, NOT_FOUND)
    const found = { ServerURL: server, Username: login.username, Secret: login.secret }
    return reply(true, JSON.stringify(found))
  } catch (error) {
    return reply(false, error instanceof Error ? error.message : String(error))
  }
}

function reply(found: boolean, text: string): string {
  return JSON.stringify({ found, text })
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

/** The logins that a caller's config.json holds in clear, by the name of their registry. */
export function loginsInFile(auths: JsonValue | undefined): Map<string, Login> {
  const logins = new Map<string, Login>()
  if (!isJsonObject(auths)) return logins
  for (const [server, entry] of Object.entries(auths)) {
    const login = isJsonObject(entry) ? loginOf(entry) : undefined
    if (login !== undefined) logins.set(server, login)
  }
  return logins
}

function loginOf({ auth, identitytoken, username, password }: JsonObject): Login | undefined {
  // Docker's own mark for a token in place of a password.
  if (typeof identitytoken === 'string' && identitytoken !== '')
    return { username: '<token>', secret: identitytoken }
  if (typeof auth === 'string' && auth !== '') {
    const [user = '', ...secret] = Buffer.from(auth, 'base64').toString('utf8').split(':')
    return user === '' ? undefined : { username: user, secret: secret.join(':').replace(/\0+$/, '') }
  }
  if (typeof username !== 'string' || username === '') return undefined
  return { username, secret: typeof password === 'string' ? password : '' }
}

const SECRETS: ReadonlySet<string> = new Set([
  'auth',
  'identitytoken',
  'registrytoken',
  'username',
  'password',
])

/** What the file says of each registry but its login. */
export function withoutSecrets(auths: JsonValue | undefined): JsonObject {
  const entries = isJsonObject(auths) ? Object.entries(auths) : []
  return Object.fromEntries(
    entries.map(([server, entry]) => [
      server,
      Object.fromEntries(
        Object.entries(isJsonObject(entry) ? entry : {}).filter(([member]) => !SECRETS.has(member)),
      ),
    ]),
  )
}
