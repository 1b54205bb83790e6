import { flag, list, object, optionalText, text, textList, wholeNumber } from '../../wire/input.ts'
import { isObject, type JsonObject } from '../../wire/json.ts'
import type { TaskDefinition } from '../model.ts'
import type { HealthCheck } from './container-health.ts'

/** What the scheduler needs of an entry of `containerDefinitions`. */
export interface ContainerDefinition {
  name: string
  image: string
  essential: boolean
  entryPoint: string[]
  command: string[]
  workingDirectory: string | undefined
  environment: Record<string, string>
  /** `valueFrom` by the variable's name. */
  secrets: Record<string, string>
  ports: number[]
  /** Seconds between SIGTERM and SIGKILL. */
  stopTimeout: number
  /** Hard limit in MiB: its own, or that of the task. */
  memory: number | undefined
  healthCheck: HealthCheck | undefined
  /** Options of the awslogs driver; undefined with any other driver. */
  logs: JsonObject | undefined
  /** False when the definition says `versionConsistency: disabled`. */
  recordsDigest: boolean
}

/** The containers of a task definition. Throws on shapes that RegisterTaskDefinition refuses. */
export function containerDefinitions(taskDefinition: TaskDefinition): ContainerDefinition[] {
  const { raw } = taskDefinition
  const ofTask = optionalText(raw, 'memory')
  return objects(raw, 'containerDefinitions').map((each) => containerDefinition(each, ofTask))
}

/** Source: API Reference, "RuntimePlatform": X86_64 unless `cpuArchitecture` says ARM64. */
export function architectureOf({ raw }: TaskDefinition): 'amd64' | 'arm64' {
  const platform = object(raw, 'runtimePlatform') ?? {}
  return optionalText(platform, 'cpuArchitecture') === 'ARM64' ? 'arm64' : 'amd64'
}

function objects(from: JsonObject, member: string): JsonObject[] {
  return list(from, member).filter(isObject)
}

function containerDefinition(raw: JsonObject, taskMemory: string | undefined): ContainerDefinition {
  const environment = objects(raw, 'environment').map((entry) => [text(entry, 'name'), text(entry, 'value')])
  const secrets = objects(raw, 'secrets').map((entry) => [text(entry, 'name'), text(entry, 'valueFrom')])
  const log = object(raw, 'logConfiguration')
  const ports = objects(raw, 'portMappings').map((mapping) => wholeNumber(mapping, 'containerPort'))
  return {
    name: text(raw, 'name'),
    image: text(raw, 'image'),
    essential: flag(raw, 'essential') ?? true,
    entryPoint: textList(raw, 'entryPoint'),
    command: textList(raw, 'command'),
    workingDirectory: optionalText(raw, 'workingDirectory'),
    environment: Object.fromEntries(environment),
    secrets: Object.fromEntries(secrets),
    ports: ports.filter((port) => port !== undefined),
    stopTimeout: wholeNumber(raw, 'stopTimeout') ?? 30,
    memory: wholeNumber(raw, 'memory') ?? (taskMemory === undefined ? undefined : Number(taskMemory)),
    healthCheck: healthCheck(object(raw, 'healthCheck')),
    logs: log && optionalText(log, 'logDriver') === 'awslogs' ? (object(log, 'options') ?? {}) : undefined,
    recordsDigest: optionalText(raw, 'versionConsistency') !== 'disabled',
  }
}

/** Defaults: ECS API Reference, "HealthCheck". Only health checks of the definition count, not the image's own. */
function healthCheck(raw: JsonObject | undefined): HealthCheck | undefined {
  const command = raw ? commandLine(textList(raw, 'command')) : []
  if (!raw || command.length === 0) return undefined
  return {
    command,
    interval: wholeNumber(raw, 'interval') ?? 30,
    timeout: wholeNumber(raw, 'timeout') ?? 5,
    retries: wholeNumber(raw, 'retries') ?? 3,
    startPeriod: wholeNumber(raw, 'startPeriod') ?? 0,
  }
}

function commandLine([form, ...rest]: string[]): string[] {
  if (form === 'CMD') return rest
  if (form === 'CMD-SHELL') return ['/bin/sh', '-c', rest.join(' ')]
  // `NONE` switches the image's check off; what has no such first word is a command as it stands.
  return form === undefined || form === 'NONE' ? [] : [form, ...rest]
}
