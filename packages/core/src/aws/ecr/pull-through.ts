import { DescribePullThroughCacheRulesCommand, type ECRClient } from '@aws-sdk/client-ecr'
import { call } from '../call.ts'

/**
 * The prefixes of repository names that a registry fills from elsewhere when somebody pulls; `ROOT` stands for every name.
 * Source: Amazon ECR API, DescribePullThroughCacheRules.
 */
export function pullThroughPrefixes(ecr: ECRClient, registryId: string | undefined): Promise<string[]> {
  return call('ecr:DescribePullThroughCacheRules', 'read the pull-through cache rules', async () => {
    const prefixes: string[] = []
    let nextToken: string | undefined
    do {
      const answer = await ecr.send(new DescribePullThroughCacheRulesCommand({ registryId, nextToken }))
      prefixes.push(
        ...(answer.pullThroughCacheRules ?? []).flatMap(
          ({ ecrRepositoryPrefix }) => ecrRepositoryPrefix ?? [],
        ),
      )
      nextToken = answer.nextToken
    } while (nextToken)
    return prefixes
  })
}
