import { type ECRClient, GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr'
import { ActionError } from '../../action/action-error.ts'
import { backoff } from '../../time/backoff.ts'
import type { Clock } from '../../time/clock.ts'
import { systemClock } from '../../time/system-clock.ts'
import { call } from '../call.ts'
import { present } from '../present.ts'
import type { RepositoryId } from './repositories.ts'

/** Milliseconds for one download. */
const TIMEOUT = 10_000
const ATTEMPTS = 3
const PAUSE = { first: 400, longest: 2_000 } as const

/**
 * The text of a blob that an image refers to, such as its configuration. Amazon ECR names a signed URL, mostly of Amazon S3. What can be
 * better in a moment is tried again, as the SDK does it for the call.
 * Source: Amazon ECR API, GetDownloadUrlForLayer.
 */
export async function downloadBlob(
  ecr: ECRClient,
  { name, registryId }: RepositoryId,
  digest: string,
  clock: Clock = systemClock,
): Promise<string> {
  const url = await call('ecr:GetDownloadUrlForLayer', `read ${digest} of ${name}`, async () => {
    const answer = await ecr.send(
      new GetDownloadUrlForLayerCommand({ registryId, repositoryName: name, layerDigest: digest }),
    )
    return present(answer.downloadUrl, 'GetDownloadUrlForLayerResponse.downloadUrl')
  })
  for (let attempt = 0; ; attempt++) {
    const got = await download(url)
    if (got.kind === 'text') return got.text
    if (!got.passes || attempt === ATTEMPTS - 1) {
      // The URL is a credential, so that no error may show it.
      const host = URL.canParse(url) ? new URL(url).host : 'a host that it did not name'
      const what = `Could not read ${digest} of ${name} from ${host}: ${got.reason}`
      throw new ActionError('network', what, {
        hint: 'Let the runner reach the layer storage of Amazon ECR (Amazon S3).',
        cause: got.cause,
      })
    }
    await clock.sleep(backoff(attempt, PAUSE))
  }
}

type Download =
  | { kind: 'text'; text: string }
  /** `passes`: the same request may succeed in a moment. */
  | { kind: 'failed'; reason: string; passes: boolean; cause?: unknown }

async function download(url: string): Promise<Download> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT) })
    if (response.ok) return { kind: 'text', text: await response.text() }
    await response.body?.cancel()
    const passes = response.status >= 500 || response.status === 429
    return { kind: 'failed', reason: `HTTP status ${response.status}`, passes }
  } catch (cause) {
    return { kind: 'failed', reason: 'no answer', passes: true, cause }
  }
}
