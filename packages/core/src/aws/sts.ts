import { GetCallerIdentityCommand, type STSClient } from '@aws-sdk/client-sts'
import { call } from './call.ts'
import { present } from './present.ts'

export interface CallerIdentity {
  accountId: string
  /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` for a role. */
  arn: string
}

/** Who the credentials belong to. Needs no permission. */
export function callerIdentity(sts: STSClient): Promise<CallerIdentity> {
  return call('sts:GetCallerIdentity', 'find out who the AWS credentials belong to', async () => {
    const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}))
    return {
      accountId: present(Account, 'GetCallerIdentityResponse.Account'),
      arn: present(Arn, 'GetCallerIdentityResponse.Arn'),
    }
  })
}
