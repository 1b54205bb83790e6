import { join } from 'node:path'
import ncc from '@vercel/ncc'
import { transform } from 'esbuild'

/**
 * Packages that the AWS SDK imports for browsers alone, in functions that a bundle for Node leaves out; webpack would keep the packages
 * all the same.
 */
export const browserOnly: string[] = ['bowser']

/** A file of a bundle: its name inside `actions/dist/` and its bytes. */
export interface BundleFile {
  name: string
  content: string | Buffer
}

/** Bundles an entry with everything that it imports, and minifies each chunk; ncc itself minifies only the first. */
export async function compile(entry: string): Promise<BundleFile[]> {
  const { code, assets } = await ncc(entry, {
    license: 'licenses.txt',
    quiet: true,
    // A cache hit would make the bytes depend on earlier builds of this machine.
    cache: false,
    // The ES build of the AWS SDK can be tree-shaken, its CommonJS build cannot.
    mainFields: ['module', 'main'],
    externals: browserOnly,
  })
  const files: BundleFile[] = [
    { name: 'index.js', content: code },
    ...Object.entries(assets).map(([name, asset]) => ({ name, content: asset.source })),
  ]
  return Promise.all(files.filter(belongs).map(minify))
}

function belongs(file: BundleFile): boolean {
  return !file.name.endsWith('.d.ts') && !file.name.endsWith('.map')
}

async function minify(file: BundleFile): Promise<BundleFile> {
  if (!/\.m?js$/.test(file.name)) return file
  const { code } = await transform(file.content.toString(), {
    minify: true,
    format: 'esm',
    target: 'node24',
    legalComments: 'none',
    sourcefile: join('actions/dist', file.name),
  })
  return { name: file.name, content: code }
}
