/** The part of ncc's programmatic interface that the bundling uses; the package has no types of its own. */
declare module '@vercel/ncc' {
  export interface NccOptions {
    license: string
    quiet: boolean
    cache: boolean
    mainFields: string[]
    externals: string[]
  }
  export interface NccResult {
    code: string
    assets: Record<string, { source: string | Buffer }>
  }
  export default function ncc(entry: string, options: NccOptions): Promise<NccResult>
}
