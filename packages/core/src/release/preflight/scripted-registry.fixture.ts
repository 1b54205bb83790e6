import type { StoredImage } from '../../aws/ecr/images.ts'
import { goodDigest } from '../test-data.fixture.ts'
import type { RegistryCalls } from './registry-calls.ts'

/** The registry of the test data's account. */
export const ecrHost = '111122223333.dkr.ecr.us-east-1.amazonaws.com'

export function storedImage(manifest: object, digest: string = goodDigest): StoredImage {
  return { digest, tag: 'v1', manifest: JSON.stringify(manifest), mediaType: 'application/json' }
}

/** A manifest for one platform; its configuration is another blob. */
export const imageManifest: object = { config: { digest: 'sha256:config', size: 1 }, layers: [] }

/** An index of images, each `PLATFORM DIGEST`, and one attestation. */
export function indexManifest(...images: readonly string[]): object {
  const manifests = images.map((image) => {
    const [platform = '', digest] = image.split(' ')
    const [os, architecture, variant] = platform.split('/')
    return { digest, platform: { os, architecture, variant } }
  })
  const platform = { os: 'unknown', architecture: 'unknown' }
  return { manifests: [...manifests, { digest: 'sha256:attestation', platform }] }
}

/** A registry of which every call that a test does not answer fails the test. */
export function scriptedRegistry(answers: Partial<RegistryCalls>): RegistryCalls {
  const unexpected = (name: string) => () => Promise.reject(new Error(`${name} was not expected`))
  return {
    repository: unexpected('repository'),
    image: unexpected('image'),
    blob: unexpected('blob'),
    pullThroughPrefixes: unexpected('pullThroughPrefixes'),
    ...answers,
  }
}
