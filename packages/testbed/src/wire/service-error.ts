import type { JsonObject } from './json.ts'

/** An error answer of AWS. `code` and `message` are AWS's own words; the protocol decides how they are spelled on the wire. */
export class ServiceError extends Error {
  readonly code: string
  readonly status: number
  /** Further members of the modelled error, e.g. `resourceIds` of ECS's ConflictException. JSON services only. */
  readonly members: JsonObject

  constructor(code: string, message: string, status = 400, members: JsonObject = {}) {
    super(message)
    this.name = 'ServiceError'
    this.code = code
    this.status = status
    this.members = members
  }
}
