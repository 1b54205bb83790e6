import { ActionError } from '../action/action-error.ts'
import { inert, oneLine } from '../action/foreign-text.ts'
import { readDenial } from './denial.ts'
import { kindOf, lacksCredentials, readSdkError, type SdkError } from './error-kind.ts'

/**
 * Says what a failed call means for the user: `action` is the IAM action (`ecs:UpdateService`), `doing` completes
 * "Could not …" (`update the service web`). An ActionError comes back as it is.
 */
export function awsError(error: unknown, action: string, doing: string): ActionError {
  if (error instanceof ActionError) return error
  const sdk = readSdkError(error)
  if (sdk === undefined)
    return new ActionError('unexpected', `Could not ${doing}: ${safe(String(error))}`, { cause: error })
  const kind = kindOf(sdk)
  if (kind === 'access-denied') {
    const denial = readDenial(sdk.message, action)
    return new ActionError(kind, `Could not ${doing}: ${safe(denial.message)}`, {
      hint: denial.hint,
      cause: error,
    })
  }
  return new ActionError(kind, `Could not ${doing}: ${saying(kind, sdk, action)}`, {
    hint: hint(kind, sdk),
    cause: error,
  })
}

/** True when the same call may succeed in a moment: throttling, no connection, a 5xx answer. */
export function isTransient(error: unknown): boolean {
  const code = error instanceof ActionError ? error.code : kindOf(readSdkError(error) ?? NOT_OF_THE_SDK)
  return code === 'throttled' || code === 'network' || code === 'service-fault'
}

/** AWS's own code of the error that a failed call ended with (`ClientException`), for the few that callers tell apart. */
export function awsErrorName(error: unknown): string | undefined {
  return readSdkError(error instanceof ActionError ? error.cause : error)?.name
}

const NOT_OF_THE_SDK: SdkError = { name: '', message: '', code: undefined, status: undefined }

function saying(kind: ActionError['code'], sdk: SdkError, action: string): string {
  const text = safe(sdk.message) || sdk.name
  switch (kind) {
    case 'credentials':
      return lacksCredentials(sdk.name)
        ? `there are no AWS credentials (${text})`
        : `AWS did not accept the credentials (${text})`
    case 'throttled':
      return `AWS throttled ${action} (${text})`
    case 'service-fault':
      return `${action} failed inside AWS with HTTP status ${sdk.status} (${text})`
    case 'network':
      return `no answer from AWS (${sdk.code ?? sdk.name}: ${text})`
    case 'incomplete-response':
      return `the answer to ${action} cannot be read (${text})`
    default:
      return sdk.status === undefined ? text : `AWS refused ${action} (${sdk.name}: ${text})`
  }
}

function hint(kind: ActionError['code'], sdk: SdkError): string | undefined {
  switch (kind) {
    case 'credentials':
      if (lacksCredentials(sdk.name)) {
        return 'Run aws-actions/configure-aws-credentials before this step, in a job with the permission id-token: write.'
      }
      return /expired/i.test(`${sdk.name} ${sdk.message}`)
        ? 'The role session ended before the step did: raise role-duration-seconds of aws-actions/configure-aws-credentials (and the maximum session duration of the role), or run it again right before this step.'
        : 'Check the role, region and account that aws-actions/configure-aws-credentials is given, and that no older AWS_* variables are set.'
    case 'throttled':
      return 'Other jobs or tools use up the request rate of this account and region: run the step again, or raise AWS_MAX_ATTEMPTS.'
    case 'service-fault':
      return 'Run the step again; if it persists, look at the AWS Health Dashboard for this region.'
    case 'network':
      return 'Check aws-region, AWS_ENDPOINT_URL and HTTPS proxy settings, and that the runner can reach AWS.'
    case 'incomplete-response':
      return 'Something between the runner and AWS changes answers: check AWS_ENDPOINT_URL and proxy settings.'
    case 'invalid-input':
      return 'Set the input aws-region, or AWS_REGION in the environment.'
    default:
      return remedies.get(sdk.name)
  }
}

/** What to do about the refusals that a slip in an input mostly causes, by AWS's own code. */
const remedies: ReadonlyMap<string, string> = new Map([
  [
    'ClusterNotFoundException',
    'Check the input cluster (without it, the cluster is default) and aws-region, and that the credentials are those of the right account.',
  ],
  [
    'ServiceNotFoundException',
    'Check the inputs service, cluster and aws-region, and that the credentials are those of the right account.',
  ],
])

function safe(text: string): string {
  return inert(oneLine(text))
}
