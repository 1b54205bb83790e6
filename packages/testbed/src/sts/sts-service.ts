import { createHash } from 'node:crypto'
import type { JsonObject } from '../wire/json.ts'
import type { Place } from '../wire/place.ts'
import type { Caller, Service } from '../wire/service.ts'

/** `AROA` and 17 letters or digits: the same for every session of a role, as in AWS. */
function roleId(role: string): string {
  const digest = createHash('sha256').update(role).digest('hex').toUpperCase()
  return `AROA${digest.slice(0, 17)}`
}

function callerIdentity(place: Place, { arn }: Caller): JsonObject {
  const [, role = '', session = ''] = arn.split('/')
  return { UserId: `${roleId(role)}:${session}`, Account: place.accountId, Arn: arn }
}

/** AWS STS with GetCallerIdentity. Source: STS API reference, "GetCallerIdentity". */
export function stsService(place: Place): Service {
  return {
    name: 'sts',
    protocol: {
      kind: 'query',
      version: '2011-06-15',
      namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
    },
    operations: { GetCallerIdentity: (_input, { caller }) => callerIdentity(place, caller) },
    buckets: () => [],
    resource: () => undefined,
  }
}
