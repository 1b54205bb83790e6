/** A request as the registry received it. */
export interface RegistryRequest {
  /** The IAM action without its prefix, e.g. `PutImage`; `Ping` for `/v2/`, empty for what the registry does not have. */
  operation: string
  method: string
  /** With the query. */
  path: string
  repository: string
  /** The status answered; `pending`, `hang` and `reset` where none was. */
  outcome: number | 'pending' | 'hang' | 'reset'
  /** Milliseconds since the epoch. */
  at: number
  userAgent: string
}

/** Every request to the registry, in the order of arrival. */
export interface RegistryLog {
  all(): readonly RegistryRequest[]
  of(operation: string): readonly RegistryRequest[]
}

/** The writing side. */
export interface RegistryRecorder extends RegistryLog {
  add(request: RegistryRequest): void
}

export function registryRecorder(): RegistryRecorder {
  const requests: RegistryRequest[] = []
  return {
    add: (request) => void requests.push(request),
    all: () => [...requests],
    of: (operation) => requests.filter((request) => request.operation === operation),
  }
}
