import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildImage } from '../images/build-image.ts'
import type { OciImage } from '../images/oci-image.ts'
import { root } from './repository.ts'

/** The port that the example app listens on. */
export const containerPort = 8080

/** Bundles the example app as its Dockerfile's author would, and returns the one file that runs it. */
export async function bundledExampleApp(signal: AbortSignal): Promise<Buffer> {
  await promisify(execFile)(process.execPath, ['bundle.ts'], { cwd: join(root, 'example-app'), signal })
  return readFile(join(root, 'example-app/build/server.js'))
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
