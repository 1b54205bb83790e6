import { isJsonObject, type JsonObject } from '../../aws/json.ts'
import { textOf } from '../task-definition/document.ts'

/** Amazon ECS's words for architectures, in those of images. */
const ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['X86_64', 'amd64'],
  ['ARM64', 'arm64'],
])

/**
 * The platform that a task runs on, as images name it: `linux/amd64`. undefined where only the container instance decides: a task
 * definition that is not for Fargate alone and names no architecture.
 * Source: Amazon ECS, RuntimePlatform; X86_64 and Linux are Fargate's defaults.
 */
export function taskPlatform({ runtimePlatform, requiresCompatibilities }: JsonObject): string | undefined {
  const runtime = isJsonObject(runtimePlatform) ? runtimePlatform : {}
  const launchTypes = Array.isArray(requiresCompatibilities) ? requiresCompatibilities : []
  const onlyFargate = launchTypes.length > 0 && launchTypes.every((type) => type === 'FARGATE')
  const named = textOf(runtime, 'cpuArchitecture') ?? (onlyFargate ? 'X86_64' : '')
  const architecture = ARCHITECTURES.get(named)
  const os = textOf(runtime, 'operatingSystemFamily')?.startsWith('WINDOWS') ? 'windows' : 'linux'
  return architecture === undefined ? undefined : `${os}/${architecture}`
}

/** Whether an image for `platform` (`linux/arm64/v8`) runs on `wanted` (`linux/arm64`): variants are not compared. */
export function runsOn(wanted: string, platform: string): boolean {
  return platform === wanted || platform.startsWith(`${wanted}/`)
}
