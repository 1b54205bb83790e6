/** An error answer of AWS. `code` and `message` are AWS's own words; the protocol decides how they are spelled on the wire. */
export class ServiceError extends Error {
  readonly code: string
  readonly status: number

  constructor(code: string, message: string, status = 400) {
    super(message)
    this.name = 'ServiceError'
    this.code = code
    this.status = status
  }
}
