import { ActionError, isJsonObject, parseJsonObject, platformOf, type RepositoryId } from '@ecs-release/core'
import type { LoginKeeper } from './login.ts'

/** Where blobs are read from. */
export interface BlobSource {
  keeper: LoginKeeper
  repository: RepositoryId
  /** With its port if it has one. */
  host: string
}

/** What an image's configuration says. */
export interface Configuration {
  labels: Record<string, string>
  platform: string
}

const TIMEOUT = 30_000

/**
 * The configuration is a blob, which only the registry hands out. Fetch drops the login when it is sent on to Amazon S3, as it must.
 * Source: OCI distribution specification, "Pulling blobs".
 */
export async function configuration(source: BlobSource, digest: string): Promise<Configuration> {
  let response = await get(source, digest)
  if (response.status === 401 || response.status === 403) {
    source.keeper.forget()
    response = await get(source, digest)
  }
  const { name } = source.repository
  if (!response.ok) {
    const what = `The registry answered ${response.status} when asked for the configuration of an image in ${name}`
    throw new ActionError('rejected', what, {
      hint: 'Allow ecr:GetDownloadUrlForLayer and ecr:BatchGetImage on the repository.',
    })
  }
  const config = parseJsonObject(await response.text()) ?? {}
  const labels = isJsonObject(config.config) && isJsonObject(config.config.Labels) ? config.config.Labels : {}
  return {
    labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)])),
    platform: platformOf(config),
  }
}

async function get({ keeper, repository, host }: BlobSource, digest: string): Promise<Response> {
  const { username, password, endpoint } = await keeper.login()
  // The registry of another account has another host, and the same scheme.
  const url = `${new URL(endpoint).protocol}//${host}/v2/${repository.name}/blobs/${digest}`
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  try {
    return await fetch(url, { headers: { authorization }, signal: AbortSignal.timeout(TIMEOUT) })
  } catch (error) {
    throw new ActionError('network', `No answer from the registry ${host}`, {
      hint: 'Check network and proxy of the runner, then run the step again.',
      cause: error,
    })
  }
}
