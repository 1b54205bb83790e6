import {
  type AwsClients,
  type Clock,
  downloadBlob,
  isJsonObject,
  parseJsonObject,
  platformOf,
  type RepositoryId,
} from '@ecs-release/core'

/** Where images are read from. */
export interface Registry {
  clients: Pick<AwsClients, 'ecr'>
  repository: RepositoryId
  clock: Clock
}

/** What an image's configuration says. */
export interface Configuration {
  labels: Record<string, string>
  platform: string
}

/** `digest` is that of the configuration. Source: OCI image specification, "Image Configuration". */
export async function configuration(
  { clients, repository, clock }: Registry,
  digest: string,
): Promise<Configuration> {
  const config = parseJsonObject(await downloadBlob(clients.ecr, repository, digest, clock)) ?? {}
  const labels = isJsonObject(config.config) && isJsonObject(config.config.Labels) ? config.config.Labels : {}
  return {
    labels: Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, String(value)])),
    platform: platformOf(config),
  }
}
