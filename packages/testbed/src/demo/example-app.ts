import { execFile } from 'node:child_process'
import { mkdtempDisposable, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildImage } from '../images/build-image.ts'
import type { OciImage } from '../images/oci-image.ts'
import { root } from './repository.ts'

/** The port that the example app listens on. */
export const containerPort = 8080

/**
 * Bundles the example app as its Dockerfile's author would, and returns the one file that runs it. It is written to a folder
 * of its own, as another demo could read a file of the workspace while this one writes it.
 */
export async function bundledExampleApp(signal: AbortSignal): Promise<Buffer> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'example-app-'))
  const bundle = join(folder.path, 'server.js')
  await promisify(execFile)(process.execPath, ['bundle.ts', bundle], {
    cwd: join(root, 'example-app'),
    signal,
  })
  return await readFile(bundle)
}

/** An image of the example app. A version that was built with a fault carries it as environment variables of the image. */
export function exampleAppImage(
  server: Buffer,
  version: string,
  fault: Readonly<Record<string, string>>,
): Promise<OciImage> {
  const variables = {
    APP_VERSION: version,
    PORT: String(containerPort),
    SHUTDOWN_DELAY_SECONDS: '1',
    ...fault,
  }
  return buildImage({
    files: { 'app/server.js': server, 'app/package.json': '{ "type": "module" }\n' },
    config: {
      Cmd: ['node', 'server.js'],
      WorkingDir: '/app',
      Env: Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      ExposedPorts: { [`${containerPort}/tcp`]: {} },
    },
    architecture: 'amd64',
  })
}
