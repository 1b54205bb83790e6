import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildImage, type ImageJob, imageJob, remoteBuilder, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'
import { docker } from './docker.fixture.ts'

const action = join(import.meta.dirname, '../..')
const missing = await withoutDocker()

const hash = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex')

/** Another account's registry, with a base image of one file. */
async function baseRegistry(file: string): Promise<ImageJob> {
  const other = await imageJob(action, { a: 'a' })
  const base = await buildImage({ files: { [file]: file }, config: {}, architecture: 'amd64' })
  other.images.push('base', '1', base)
  return other
}

/** A credential store of the user's that knows one registry, in a folder for PATH; `asked` has what Docker asked it. */
function storeNamed(name: string, home: string, { ecr }: ImageJob): { bin: string; asked(): string } {
  const bin = join(home, 'bin')
  const { username, password } = ecr.login()
  const login = JSON.stringify({ ServerURL: ecr.host, Username: username, Secret: password })
  mkdirSync(bin)
  writeFileSync(join(bin, 'login.json'), login)
  const script = `#!/bin/sh
read server
echo "$1 $server" >> '${bin}/asked'
if [ "$server" = '${ecr.host}' ]; then exec cat '${bin}/login.json'; fi
echo 'credentials not found in native keychain'
exit 1
`
  writeFileSync(join(bin, `docker-credential-${name}`), script, { mode: 0o755 })
  return { bin, asked: () => readFileSync(join(bin, 'asked'), 'utf8') }
}

describe.skipIf(missing !== undefined)('Docker: the configuration of the user', () => {
  test('keeps its bytes; its login in clear, its credential store and its builder are used', async () => {
    await using clear = await baseRegistry('clear')
    await using stored = await baseRegistry('stored')
    await using builder = await remoteBuilder()
    const [one, two] = [`${clear.ecr.host}/base:1`, `${stored.ecr.host}/base:1`]
    const Dockerfile = `FROM ${one} AS one\nFROM ${two}\nCOPY --from=one /clear /\n`
    await using here = await imageJob(action, { Dockerfile })
    await here.repository('web')
    await using refused = await here.step({ repository: 'web', cache: 'off' })
    expect(refused.annotations[0]?.message).toMatch(
      /the base image .* cannot be read: .*401.*\nLog in to its registry/,
    )

    const config = join(here.env.DOCKER_CONFIG ?? '', 'config.json')
    const store = storeNamed('theirs', here.home, stored)
    const { username, password } = clear.ecr.login()
    const auth = Buffer.from(`${username}:${password}`).toString('base64')
    const written = {
      ...JSON.parse(readFileSync(config, 'utf8')),
      credsStore: 'theirs',
      auths: { [clear.ecr.host]: { auth } },
      // The empty name has Docker look into the file for this one registry, whatever the store.
      credHelpers: { [clear.ecr.host]: '' },
    }
    writeFileSync(config, JSON.stringify(written))
    const env = { ...here.env, PATH: `${store.bin}:${process.env.PATH}` }
    const remote = ['--name', 'theirs', '--driver', 'remote', '--use', builder.endpoint]
    await docker(here, 'buildx', 'create', ...remote)
    const [before, connected] = [hash(config), builder.connections()]
    await using run = await here.step({ repository: 'web' }, { env })
    expect(run.conclusion, run.log).toBe('success')
    expect(run.log).toContain('building with "theirs" instance using remote driver')
    expect(builder.connections()).toBeGreaterThan(connected)
    expect(store.asked()).toContain(`get ${stored.ecr.host}\n`)
    expect(store.asked()).not.toContain(clear.ecr.host)
    expect(store.asked()).not.toContain(here.ecr.host)
    expect(clear.ecr.requests.of('BatchGetImage').map(({ outcome }) => outcome)).toContain(200)
    expect(hash(config)).toBe(before)
  })
})
