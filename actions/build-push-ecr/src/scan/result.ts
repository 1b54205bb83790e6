import {
  ActionError,
  type AwsClients,
  awsErrorName,
  type Clock,
  describeImageScanFindings,
  formatDuration,
  type ImageScan,
  type Log,
  pollDelay,
  type RepositoryId,
  startImageScan,
} from '@ecs-release/core'

export interface ScanTarget {
  clients: Pick<AwsClients, 'ecr'>
  repository: RepositoryId
  /** Of a platform's image: an index cannot be scanned. */
  digest: string
}

export interface Patience {
  clock: Clock
  log: Log
  signal: AbortSignal
  /** Milliseconds since the epoch. */
  until: number
}

const POLL = { first: 2_000, longest: 15_000 } as const
/** Amazon ECR has been seen to report a scan as complete some seconds before its findings. */
const SECOND_LOOK = 5_000

/**
 * Waits for the end of a basic scan. The waiter of the SDK is not used: it takes a refusal for "not yet", and an empty list for the result.
 * Throws when there is no result, for whatever reason: an image of which nothing is known does not pass.
 */
export async function scanResult(target: ScanTarget, patience: Patience): Promise<ImageScan> {
  const { clock, log, signal, until } = patience
  const started = clock.now()
  let status: string | undefined
  let told: string | undefined
  let empty: ImageScan | undefined
  let asked = false
  for (;;) {
    const scan = await describeImageScanFindings(target.clients.ecr, target.repository, target.digest)
    status = scan?.status
    const state = status ?? 'not begun'
    if (state !== told) log.info(`Scan of ${target.digest}: ${state}`)
    told = state
    if (scan === undefined && !asked) {
      asked = true
      await begin(target)
    }
    if (scan !== undefined && isOver(scan, target.digest)) {
      if (!isEmpty(scan) || empty !== undefined) return scan
      empty = scan
    } else empty = undefined
    const delay = empty === undefined ? pollDelay(clock.now() - started, POLL) : SECOND_LOOK
    if (clock.now() + delay > until) throw tooLong(target.digest, status, until - started)
    await clock.sleep(delay, signal)
  }
}

/** True when it ended well, false while it goes on. Throws for any other end, and for states that nobody knew when this was written. */
function isOver({ status, description }: ImageScan, digest: string): boolean {
  switch (status) {
    case 'COMPLETE':
      return true
    case 'IN_PROGRESS':
    case 'PENDING':
      return false
    case 'ACTIVE':
      throw noResult(digest, status, 'Amazon Inspector watches it (enhanced scanning)', ENHANCED)
    case 'FAILED':
    case 'UNSUPPORTED_IMAGE':
      throw noResult(
        digest,
        status,
        description,
        'Amazon ECR cannot scan every base image: use one of a supported operating system, or set scan: off.',
      )
    default:
      throw noResult(
        digest,
        status,
        description,
        'Look at the scan in the console of Amazon ECR, or set scan: off.',
      )
  }
}

const ENHANCED =
  'This gate reads basic scans only: use basic scanning for this repository, or set scan: off and gate in Amazon Inspector.'

async function begin({ clients, repository, digest }: ScanTarget): Promise<void> {
  try {
    await startImageScan(clients.ecr, repository, digest)
  } catch (error) {
    // Under enhanced scanning nobody can ask for a scan; it begins by itself.
    if (awsErrorName(error) !== 'ValidationException') throw error
  }
}

function isEmpty({ counts, findings }: ImageScan): boolean {
  return findings.length === 0 && Object.values(counts).every((count) => count === 0)
}

function noResult(digest: string, status: string, description: string, hint: string): ActionError {
  const said = description === '' ? '' : `: ${description}`
  return new ActionError('rejected', `The scan of ${digest} has no result (${status}${said})`, { hint })
}

function tooLong(digest: string, status: string | undefined, milliseconds: number): ActionError {
  const state = status === undefined ? 'did not begin' : `was ${status}`
  const time = formatDuration(milliseconds / 1000)
  return new ActionError('rejected', `The scan of ${digest} ${state} after ${time}`, {
    hint: 'Raise scan-timeout, or check that the repository or the registry has basic scanning turned on.',
  })
}
