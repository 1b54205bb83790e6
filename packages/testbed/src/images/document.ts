import type { JsonObject, JsonValue } from '../wire/json.ts'
import type { ImageConfig } from './image.ts'
import type { Manifest } from './oci-image.ts'

/** What a manifest says of one image: where its config and its layers are. */
export interface ImageManifest {
  config: string
  /** Digests, the lowest first. */
  layers: string[]
}

export interface ConfigDocument {
  /** `linux/amd64` */
  platform: string
  architecture: string
  config: ImageConfig
}

export function readManifest(bytes: Buffer): ImageManifest {
  const document = parse(bytes)
  return {
    config: text(object(document.config).digest),
    layers: list(document.layers).map((layer) => text(object(layer).digest)),
  }
}

/** Whether the manifest lists images for several platforms instead of being one. */
export function isIndex(manifest: Manifest): boolean {
  return /image\.index|manifest\.list/.test(manifest.mediaType)
}

/** The digest that an index gives for a platform such as `linux/amd64`. */
export function platformDigest(bytes: Buffer, platform: string): string | undefined {
  const matching = list(parse(bytes).manifests)
    .map(object)
    .find((entry) => platformOf(object(entry.platform)) === platform)
  return matching && text(matching.digest)
}

export function readConfig(bytes: Buffer): ConfigDocument {
  const document = parse(bytes)
  const config = object(document.config)
  return {
    platform: platformOf(document),
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

function platformOf(document: JsonObject): string {
  return `${text(document.os)}/${text(document.architecture)}`
}

function parse(bytes: Buffer): JsonObject {
  const document: JsonValue = JSON.parse(bytes.toString())
  return object(document)
}

function object(value: JsonValue | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}

function list(value: JsonValue | undefined): JsonValue[] {
  return Array.isArray(value) ? value : []
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
