import { build } from 'esbuild'
import { browserOnly } from './compile.ts'

/**
 * Minified bytes that each npm package contributes to the bundles, largest first. Measured with esbuild, whose metafile
 * attributes bytes to files; ncc's chunks differ from it by a few per cent.
 */
export async function bytesByPackage(entry: string): Promise<{ name: string; bytes: number }[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    minify: true,
    external: browserOnly,
    metafile: true,
    write: false,
    outdir: 'out',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    logLevel: 'silent',
  })
  const sums = new Map<string, number>()
  for (const output of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
      const name = packageOf(file)
      sums.set(name, (sums.get(name) ?? 0) + bytesInOutput)
    }
  }
  return [...sums].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes)
}

function packageOf(file: string): string {
  const installed = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]
  return installed ?? 'ecs-release-actions'
}
