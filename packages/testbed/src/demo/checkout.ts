import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from './repository.ts'

/** A checkout of the example app with a commit for each release. Disposal removes it. */
export interface Checkout extends AsyncDisposable {
  folder: string
  /** Commits a version, with its fault as variables of its image, and returns the commit's hash. */
  commit(version: string, fault: Readonly<Record<string, string>>): Promise<string>
}

const author = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', '-c', 'commit.gpgsign=false']

export async function exampleAppCheckout(server: Buffer): Promise<Checkout> {
  const folder = await mkdtemp(join(tmpdir(), 'demo-checkout-'))
  const app = join(folder, 'example-app')
  const git = async (...args: string[]): Promise<string> => {
    const { stdout } = await promisify(execFile)('git', [...author, '-C', folder, ...args])
    return stdout.trim()
  }
  await mkdir(join(app, 'build'), { recursive: true })
  await writeFile(join(app, 'build/server.js'), server)
  await copyFile(join(root, 'example-app/Dockerfile'), join(app, 'Dockerfile'))
  const dockerfile = await readFile(join(app, 'Dockerfile'), 'utf8')
  await git('init', '--quiet', '--initial-branch=main')
  return {
    folder,
    async commit(version, fault) {
      await writeFile(
        join(app, 'Dockerfile'),
        dockerfile + variables({ SHUTDOWN_DELAY_SECONDS: '1', ...fault }),
      )
      await git('add', '.')
      await git('commit', '--quiet', '--allow-empty', `--message=Release ${version}`)
      return git('rev-parse', 'HEAD')
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

function variables(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `ENV ${name}=${value}\n`)
    .join('')
}
