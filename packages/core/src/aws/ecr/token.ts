import { type ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import { call } from '../call.ts'
import { present } from '../present.ts'

/** A login for the registries of one Region. Both texts are secrets. */
export interface RegistryLogin {
  username: string
  password: string
  /** As AWS gave it: base64 of `user:password`. */
  token: string
  /** Milliseconds since the epoch; twelve hours ahead. */
  expiresAt: number
  /** `https://…` of the account's own registry. */
  endpoint: string
}

/** Source: Amazon ECR API, GetAuthorizationToken. */
export function authorizationToken(ecr: ECRClient): Promise<RegistryLogin> {
  return call('ecr:GetAuthorizationToken', 'log in to Amazon ECR', async () => {
    const answer = await ecr.send(new GetAuthorizationTokenCommand({}))
    const data = present(answer.authorizationData?.[0], 'authorizationData')
    const token = present(data.authorizationToken, 'AuthorizationData.authorizationToken')
    const [username = '', ...password] = Buffer.from(token, 'base64').toString('utf8').split(':')
    return {
      username,
      password: password.join(':'),
      token,
      expiresAt: present(data.expiresAt, 'AuthorizationData.expiresAt').getTime(),
      endpoint: present(data.proxyEndpoint, 'AuthorizationData.proxyEndpoint'),
    }
  })
}
