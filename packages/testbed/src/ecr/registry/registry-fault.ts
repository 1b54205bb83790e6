import { RegistryError } from './registry-error.ts'
import { notAuthorized, type RegistryReply } from './reply.ts'

/**
 * What goes wrong at the registry. Rules name the service `ecr` and the IAM action as the operation (`PutImage`,
 * `UploadLayerPart`, …; `Ping` for `/v2/`). `hold` keeps the request waiting until the promise settles.
 */
export type RegistryFault =
  | { kind: 'throttle' | 'expired' | 'denied' }
  | { kind: 'server-error'; status?: 500 | 502 | 503 | 504 }
  | { kind: 'hang'; processed?: boolean }
  | { kind: 'reset'; processed?: boolean }
  | { kind: 'unauthorized' }
  | { kind: 'hold'; until: Promise<unknown> }

export const expired: RegistryError = new RegistryError(
  403,
  'DENIED',
  'Your authorization token has expired. Reauthenticate and try again.',
)

export const throttled: RegistryError = new RegistryError(429, 'TOOMANYREQUESTS', 'Rate exceeded')

/** What an injected fault answers in place of the registry; undefined when it answers nothing. */
export function injectedReply(fault: RegistryFault, host: string): RegistryReply | undefined {
  switch (fault.kind) {
    case 'throttle':
      throw throttled
    case 'expired':
      throw expired
    case 'unauthorized':
      return notAuthorized(host)
    case 'server-error':
      return { status: fault.status ?? 500, headers: { 'content-type': 'text/html' }, body: 'Server Error' }
    case 'hang':
    case 'reset':
    case 'denied':
    case 'hold':
      return undefined
  }
}
