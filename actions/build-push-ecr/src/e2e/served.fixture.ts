import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { git } from './git.fixture.ts'

export interface Served extends AsyncDisposable {
  url: string
}

/** Serves the files of a folder, as they are when they are asked for: below `url` each, and as a tarball. */
export async function servedFolder(folder: string): Promise<Served & { tarball: string }> {
  const server = createServer(({ url = '' }, response) => {
    const all = url === '/context.tar.gz'
    response.setHeader('Content-Type', all ? 'application/x-tar' : 'text/plain')
    response.end(all ? execFileSync('tar', ['-cz', '-C', folder, '.']) : readFileSync(join(folder, url)))
  })
  const url = `http://127.0.0.1:${await listening(server)}`
  return {
    url,
    tarball: `${url}/context.tar.gz`,
    [Symbol.asyncDispose]: async () => void server.close(),
  }
}

/** Serves a repository by git's own protocol. */
export async function servedRepository(folder: string): Promise<Served> {
  const free = createTcpServer()
  const port = await listening(free)
  free.close()
  await once(free, 'close')
  // A builder asks for a commit by its id.
  git(folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const args = ['daemon', '--listen=127.0.0.1', `--port=${port}`, '--export-all', `--base-path=${folder}`]
  const daemon = spawn('git', [...args, folder], { stdio: 'ignore', detached: true })
  const url = `git://127.0.0.1:${port}/.git`
  for (let look = 1; look <= 50; look++) {
    try {
      execFileSync('git', ['ls-remote', url], { stdio: 'ignore' })
      break
    } catch {
      await delay(100)
    }
  }
  return {
    url,
    async [Symbol.asyncDispose]() {
      const ended = once(daemon, 'exit')
      // The wrapper `git` starts the daemon as a child of its own.
      if (daemon.pid !== undefined) process.kill(-daemon.pid)
      await ended
    },
  }
}

async function listening(server: ReturnType<typeof createTcpServer>): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port')
  return address.port
}
