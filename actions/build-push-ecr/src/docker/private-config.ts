import { chmod, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import {
  allowed,
  type Environment,
  isJsonObject,
  type JsonObject,
  ORDINARY,
  parseJsonObject,
} from '@ecs-release/core'
import { credentialServer, type FindLogin, loginsInFile, withoutSecrets } from './credential-server.ts'
import { HELPER, HELPER_SOURCE, launcher } from './helper-script.ts'

/** A configuration of Docker that only this step uses. Disposal removes it; the caller's own is only ever read. */
export interface PrivateConfig extends AsyncDisposable {
  /** For `docker`, with nothing else of the step's environment but what Docker needs. */
  env: Readonly<Record<string, string>>
  /** A folder of its own for files of the build; only this user can read it. */
  folder: string
}

export interface PrivateConfigOptions {
  env: Environment
  /** The registries whose logins `find` knows, as hosts. */
  registries: readonly string[]
  find: FindLogin
  /** Further variables that the build is to see. */
  variables: readonly string[]
}

// The name of a socket may be 104 bytes long on macOS and 108 on Linux.
const LONGEST_FOLDER = 80

/**
 * Puts our helper in charge of the given registries, and of those whose logins Docker would read in clear from the caller's file: no such
 * login is copied to another file. All else of the caller's stays in use: credential stores and helpers, builders, contexts, plug-ins,
 * proxies.
 */
export async function privateConfig(options: PrivateConfigOptions): Promise<PrivateConfig> {
  const { env, registries, find, variables } = options
  const home = env.DOCKER_CONFIG || join(env.HOME || homedir(), '.docker')
  const theirs = await readConfig(home)
  await using opening = new AsyncDisposableStack()
  const folder = opening.adopt(await newFolder(env), (path) => rm(path, { recursive: true, force: true }))

  const logins = loginsInFile(theirs.auths)
  const answer: FindLogin = async (asked) => {
    if (registries.includes(hostOf(asked))) return find(hostOf(asked))
    return logins.get(asked) ?? [...logins].find(([name]) => hostOf(name) === hostOf(asked))?.[1]
  }
  opening.use(await credentialServer(join(folder, 'socket'), answer))
  const script = join(folder, 'credential.cjs')
  await writeFile(script, HELPER_SOURCE, { mode: 0o600 })
  await writeFile(join(folder, `docker-credential-${HELPER}`), launcher(process.execPath, script), {
    mode: 0o700,
  })
  const config = ours(theirs, home, registries, [...logins.keys()])
  await writeFile(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 })
  await symlink(join(home, 'contexts'), join(folder, 'contexts'))
  const opened = opening.move()
  return {
    env: environment({ env, home, folder, variables, theirs }),
    folder,
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

/** Only this user can read it. */
async function newFolder(env: Environment): Promise<string> {
  const wanted = env.RUNNER_TEMP || tmpdir()
  const folder = await mkdtemp(join(wanted.length > LONGEST_FOLDER ? tmpdir() : wanted, 'ecr-'))
  await chmod(folder, 0o700)
  return folder
}

/** `inClear` are the registries whose logins the file holds. Source: Docker, "docker CLI configuration files". */
function ours(
  theirs: JsonObject,
  home: string,
  registries: readonly string[],
  inClear: readonly string[],
): JsonObject {
  const helpers = isJsonObject(theirs.credHelpers) ? theirs.credHelpers : {}
  // A helper without a name, or none where there is no store either, has Docker read the file.
  const fromFile = (name: string) => (helpers[name] ?? theirs.credsStore ?? '') === ''
  const asked = [...inClear.flatMap((name) => [name, hostOf(name)]).filter(fromFile), ...registries]
  const plugins = Array.isArray(theirs.cliPluginsExtraDirs) ? theirs.cliPluginsExtraDirs : []
  return {
    ...theirs,
    auths: withoutSecrets(theirs.auths),
    credHelpers: { ...helpers, ...Object.fromEntries(asked.map((name) => [name, HELPER])) },
    cliPluginsExtraDirs: [join(home, 'cli-plugins'), ...plugins],
  }
}

interface Surroundings {
  env: Environment
  home: string
  folder: string
  variables: readonly string[]
  theirs: JsonObject
}

function environment({ env, home, folder, variables, theirs }: Surroundings): Record<string, string> {
  const names = [...ORDINARY, 'DOCKER_*', 'BUILDX_*', 'BUILDKIT_*', ...variables]
  // Helpers of the caller's, such as the one for Amazon ECR, take their credentials from the environment.
  const helpers = theirs.credsStore !== undefined || theirs.credHelpers !== undefined
  const visible = allowed(env, helpers ? [...names, 'AWS_*', 'GOOGLE_*', 'CLOUDSDK_*', 'AZURE_*'] : names)
  return {
    ...visible,
    PATH: `${folder}${delimiter}${visible.PATH ?? ''}`,
    DOCKER_CONFIG: folder,
    BUILDX_CONFIG: visible.BUILDX_CONFIG ?? join(home, 'buildx'),
    ...(visible.DOCKER_TLS_VERIFY && { DOCKER_CERT_PATH: visible.DOCKER_CERT_PATH ?? home }),
    // The metadata file would hold the values of build arguments otherwise.
    BUILDX_METADATA_PROVENANCE: 'disabled',
    // Buildx asks git seven times for what only an attestation would hold.
    ...(visible.BUILDX_GIT_INFO === undefined && { BUILDX_GIT_INFO: 'false' }),
  }
}

async function readConfig(home: string): Promise<JsonObject> {
  try {
    return parseJsonObject(await readFile(join(home, 'config.json'), 'utf8')) ?? {}
  } catch {
    return {}
  }
}

/** `https://index.docker.io/v1/` → `index.docker.io` */
function hostOf(server: string): string {
  return server.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
}
