/** The runtime part of an OCI image config, as far as ECS tasks use it. */
export interface ImageConfig {
  Entrypoint?: string[]
  Cmd?: string[]
  /** `NAME=value` */
  Env?: string[]
  WorkingDir?: string
  User?: string
  ExposedPorts?: Record<string, object>
  Labels?: Record<string, string>
}

/** An image that a reference led to. */
export interface ResolvedImage {
  /** The reference as given, e.g. `111122223333.dkr.ecr.us-east-1.amazonaws.com/web:v1`. */
  reference: string
  /** `sha256:…` as ECS reports it: of the manifest or index that the reference names, or of the one that the index lists for the platform. */
  digest: string
  architecture: string
  config: ImageConfig
  /** Unpacks the layers once and returns the root directory. It is shared and must not be written to. */
  unpack(): Promise<string>
}

/** Why an image could not be pulled. `message` is the text ECS shows after `CannotPullContainerError: `. */
export class ImagePullError extends Error {
  override readonly name: string = 'ImagePullError'
}

/** Where the tasks pull from. */
export interface ImageSource {
  /** Throws ImagePullError in ECS's words (ecs-model.md 1.4). `platform` is what the task runs on, `linux/amd64` by default. */
  resolve(reference: string, platform?: string): Promise<ResolvedImage>
}
