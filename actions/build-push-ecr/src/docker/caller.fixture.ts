import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exec } from '@ecs-release/core'
import { type PrivateConfig, privateConfig } from './private-config.ts'

export const REGISTRY = 'registry.test:5000'
export const SECRET = `p${'0123456789'.repeat(180)}`
export const basic = (text: string) => Buffer.from(text).toString('base64')

export interface Caller extends Disposable {
  home: string
  temp: string
  hash(): string
  open(env?: Record<string, string>, find?: () => Promise<string>): Promise<PrivateConfig>
}

export function caller(config?: object): Caller {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'private-config-'))
  const home = join(folder.path, 'home', '.docker')
  const temp = join(folder.path, 'temp')
  for (const path of [home, temp]) mkdirSync(path, { recursive: true })
  const file = join(home, 'config.json')
  if (config !== undefined) writeFileSync(file, JSON.stringify(config))
  return {
    home,
    temp,
    hash: () => createHash('sha256').update(readFileSync(file)).digest('hex'),
    open: (env = {}, find = async () => SECRET) =>
      privateConfig({
        env: { PATH: process.env.PATH, HOME: join(folder.path, 'home'), RUNNER_TEMP: temp, ...env },
        registries: [REGISTRY],
        variables: ['NPM_TOKEN'],
        find: async () => ({ username: 'AWS', secret: await find() }),
      }),
    [Symbol.dispose]: () => folder.remove(),
  }
}

/** As Docker does it: the helper's name from config.json, the registry on stdin. */
export async function ask({ env, folder }: PrivateConfig, server: string, action = 'get') {
  const { credHelpers } = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8'))
  const file = join(folder, `docker-credential-${credHelpers[server] ?? credHelpers[REGISTRY]}`)
  return exec({ file, args: [action], env, input: server })
}
