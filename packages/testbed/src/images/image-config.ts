import { isObject, type JsonObject, type JsonValue } from '../wire/json.ts'
import type { ImageConfig } from './image.ts'

/** The configuration of an image, as far as a task needs it. */
export interface ConfigDocument {
  architecture: string
  config: ImageConfig
}

export function readConfig(bytes: Buffer): ConfigDocument {
  const document = parse(bytes)
  const config = object(document.config)
  return {
    architecture: text(document.architecture),
    config: {
      ...words('Entrypoint', config.Entrypoint),
      ...words('Cmd', config.Cmd),
      ...words('Env', config.Env),
      ...(typeof config.WorkingDir === 'string' && { WorkingDir: config.WorkingDir }),
      ...(typeof config.User === 'string' && { User: config.User }),
      ...(config.ExposedPorts && { ExposedPorts: Object.fromEntries(portsOf(object(config.ExposedPorts))) }),
      ...(config.Labels && { Labels: Object.fromEntries(labelsOf(object(config.Labels))) }),
    },
  }
}

function words<Name extends string>(name: Name, value: JsonValue | undefined): Record<string, string[]> {
  return Array.isArray(value) ? { [name]: value.map(text) } : {}
}

function portsOf(ports: JsonObject): [string, object][] {
  return Object.keys(ports).map((port) => [port, {}])
}

function labelsOf(labels: JsonObject): [string, string][] {
  return Object.entries(labels).map(([name, value]) => [name, text(value)])
}

function parse(bytes: Buffer): JsonObject {
  const document: JsonValue = JSON.parse(bytes.toString())
  return object(document)
}

function object(value: JsonValue | undefined): JsonObject {
  return isObject(value) ? value : {}
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
