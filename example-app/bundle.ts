import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))

/**
 * Bundles the app and all its dependencies into one ES module for Node 24, which runs without node_modules.
 * Returns the path of the file: example-app/build/server.js unless told otherwise.
 */
export async function bundleExampleApp(outfile: string = `${here}build/server.js`): Promise<string> {
  await build({
    // Paths inside the bundle are relative to this folder, so that every clone makes the same bytes.
    absWorkingDir: here,
    entryPoints: ['src/server.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    // Express is CommonJS and calls require('node:…'), which an ES module does not have by itself.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'\nconst require = makeRequire(import.meta.url)",
    },
    logLevel: 'warning',
  })
  return outfile
}

if (import.meta.main) console.log(await bundleExampleApp(process.argv[2]))
