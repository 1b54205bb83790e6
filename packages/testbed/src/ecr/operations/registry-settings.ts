import { text, textList } from '../../wire/input.ts'
import { type JsonObject, type JsonValue, present } from '../../wire/json.ts'
import type { Call } from '../../wire/service.ts'
import { invalidParameter } from '../errors.ts'
import { type EcrWorld, repositoryArn } from '../world.ts'

/** GetAuthorizationToken: base64 of `AWS:PASSWORD`. The endpoint is where the registry listens, over plain HTTP. */
export function getAuthorizationToken(ecr: EcrWorld, _input: JsonObject, call: Call): JsonObject {
  const { password, expiresAt } = ecr.tokens.issue(call.caller)
  const authorizationToken = Buffer.from(`AWS:${password}`).toString('base64')
  const proxyEndpoint = `http://${ecr.host}`
  return { authorizationData: [{ authorizationToken, expiresAt: expiresAt / 1000, proxyEndpoint }] }
}

const accountSettings: Readonly<Record<string, { values: readonly string[]; initial: string }>> = {
  BASIC_SCAN_TYPE_VERSION: { values: ['AWS_NATIVE'], initial: 'AWS_NATIVE' },
  BLOB_MOUNTING: { values: ['ENABLED', 'DISABLED'], initial: 'DISABLED' },
}

function settingNamed(input: JsonObject): { name: string; values: readonly string[]; initial: string } {
  const name = text(input, 'name')
  const setting = Object.hasOwn(accountSettings, name) ? accountSettings[name] : undefined
  if (!setting)
    throw invalidParameter('name', `Member must satisfy enum value set: [${Object.keys(accountSettings)}]`)
  return { name, ...setting }
}

export function getAccountSetting(ecr: EcrWorld, input: JsonObject): JsonObject {
  const { name, initial } = settingNamed(input)
  return { name, value: ecr.accountSettings.get(name) ?? initial }
}

export function putAccountSetting(ecr: EcrWorld, input: JsonObject): JsonObject {
  const { name, values } = settingNamed(input)
  const value = text(input, 'value')
  if (!values.includes(value))
    throw invalidParameter('value', `Member must satisfy enum value set: [${values}]`)
  ecr.accountSettings.set(name, value)
  return { name, value }
}

/** DescribePullThroughCacheRules: the registry caches no other one. */
export function describePullThroughCacheRules(): JsonObject {
  return { pullThroughCacheRules: [] }
}

/** GetRegistryScanningConfiguration: basic scanning, without rules of the registry's own. */
export function getRegistryScanningConfiguration(ecr: EcrWorld): JsonObject {
  return { registryId: ecr.place.accountId, scanningConfiguration: { scanType: 'BASIC', rules: [] } }
}

/** BatchGetRepositoryScanningConfiguration. */
export function batchGetRepositoryScanningConfiguration(ecr: EcrWorld, input: JsonObject): JsonObject {
  const scanningConfigurations: JsonValue[] = []
  const failures: JsonValue[] = []
  for (const name of textList(input, 'repositoryNames')) {
    const repository = ecr.repositories.get(name)
    if (!repository) {
      const failureReason = `Requested repository not found`
      failures.push({ repositoryName: name, failureCode: 'REPOSITORY_NOT_FOUND', failureReason })
      continue
    }
    const { scanOnPush } = ecr.records.of(repository)
    scanningConfigurations.push({
      repositoryArn: repositoryArn(ecr.place, name),
      repositoryName: name,
      scanOnPush,
      scanFrequency: scanOnPush ? 'SCAN_ON_PUSH' : 'MANUAL',
      appliedScanFilters: [],
    })
  }
  return present({ scanningConfigurations, failures })
}
