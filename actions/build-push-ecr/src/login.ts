import {
  type AwsClients,
  authorizationToken,
  type Clock,
  type Log,
  type RegistryLogin,
} from '@ecs-release/core'

/** Logs in to the registries of one Region, and again when the token is about to expire. It is kept in memory only. */
export interface LoginKeeper {
  login(): Promise<RegistryLogin>
  /** The registry refused it: the next login is a new one. */
  forget(): void
}

// A push may take its time, and must not outlive the token that it started with.
const SPARE = 30 * 60 * 1000

export function loginKeeper(ecr: () => AwsClients['ecr'], clock: Clock, log: Log): LoginKeeper {
  let current: Promise<RegistryLogin> | undefined
  let expiresAt = Infinity
  const fetchLogin = async () => {
    const login = await authorizationToken(ecr())
    for (const secret of [login.password, login.token]) log.mask(secret)
    expiresAt = login.expiresAt
    return login
  }
  return {
    login() {
      if (clock.now() > expiresAt - SPARE) current = undefined
      if (current === undefined) {
        expiresAt = Infinity
        current = fetchLogin()
        // A failure is not kept: the next one who asks tries again.
        current.catch(() => {
          current = undefined
        })
      }
      return current
    },
    forget() {
      current = undefined
    },
  }
}
