import { type ECRClient, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr'
import { ActionError } from '../../action/action-error.ts'
import { call } from '../call.ts'
import { present } from '../present.ts'
import type { RepositoryId } from './repositories.ts'

/** Milliseconds. */
const TIMEOUT = 30_000

/**
 * The text of a blob that an image refers to, such as its configuration. Amazon ECR names a signed URL, mostly of Amazon S3.
 * Source: Amazon ECR API, GetDownloadUrlForLayer.
 */
export async function downloadBlob(
  ecr: ECRClient,
  { name, registryId }: RepositoryId,
  digest: string,
): Promise<string> {
  const url = await call('ecr:GetDownloadUrlForLayer', `read ${digest} of ${name}`, async () => {
    const answer = await ecr.send(
      new GetDownloadUrlForLayerCommand({ registryId, repositoryName: name, layerDigest: digest }),
    )
    return present(answer.downloadUrl, 'GetDownloadUrlForLayerResponse.downloadUrl')
  })
  // The URL is a credential, so that no error may show it.
  const host = URL.canParse(url) ? new URL(url).host : 'a host that it did not name'
  const failed = (reason: string, cause?: unknown) =>
    new ActionError('network', `Could not read ${digest} of ${name} from ${host}: ${reason}`, {
      hint: 'Let the runner reach the layer storage of Amazon ECR (Amazon S3).',
      cause,
    })
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) })
    if (response.ok) return await response.text()
    throw failed(`HTTP status ${response.status}`)
  } catch (error) {
    throw error instanceof ActionError ? error : failed('no answer', error)
  }
}
