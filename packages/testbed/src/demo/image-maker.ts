import type { Testbed } from '../testbed.ts'
import { builtImages } from './built-images.ts'
import { exampleAppImage } from './example-app.ts'
import type { ImagePath } from './image-path.ts'
import type { Narrator } from './narrator.ts'

/** An image of the example app, in the testbed's registry. */
export interface MadeImage {
  /** By digest: what is deployed. */
  uri: string
  digest: string
}

/** Makes the images of the demo's releases. Disposal removes what it needed for that. */
export interface ImageMaker extends AsyncDisposable {
  /** `fault` is what is wrong with this version, as environment variables of its image. */
  make(version: string, fault: Readonly<Record<string, string>>): Promise<MadeImage>
}

export interface ImageMakerOptions {
  testbed: Testbed
  /** The bundled example app. */
  server: Buffer
  tell: Narrator
  signal: AbortSignal
}

export function imageMaker({ tasks }: ImagePath, options: ImageMakerOptions): Promise<ImageMaker> {
  return tasks === 'containers' ? builtImages(options) : packedImages(options)
}

async function packedImages({ testbed, server }: ImageMakerOptions): Promise<ImageMaker> {
  return {
    make: async (version, fault) =>
      testbed.images.push('orders', version, await exampleAppImage(server, version, fault)),
    async [Symbol.asyncDispose]() {},
  }
}
