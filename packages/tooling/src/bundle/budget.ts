import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { sourceFiles } from '../repository.ts'

const mebibyte = 1024 * 1024

/** What a runner may have to download for a job: bytes of all committed JavaScript, and of the archive of the repository. */
export const budget: { javascript: number; archive: number } = {
  javascript: 2.0 * mebibyte,
  archive: 0.5 * mebibyte,
}

/** Bytes of all JavaScript below the folders named `dist` in actions/. */
export function javascriptBytes(root: string): number {
  return sourceFiles(join(root, 'actions'), ['node_modules', 'build'])
    .filter((file) => /(^|\/)dist\/.*\.m?js$/.test(file))
    .reduce((sum, file) => sum + statSync(join(root, 'actions', file)).size, 0)
}

/** Bytes of the compressed archive of the committed tree, without what `.gitattributes` keeps from runners. */
export function archiveBytes(root: string): number {
  const tar = execFileSync('git', ['archive', '--format=tar', '--worktree-attributes', 'HEAD'], {
    cwd: root,
    maxBuffer: 512 * mebibyte,
  })
  return gzipSync(tar).length
}

/** The bundle's files with their bytes, largest first, for a person who wonders where they went. */
export function largestFiles(root: string): { file: string; bytes: number }[] {
  const folder = join(root, 'actions/dist')
  return readdirSync(folder)
    .map((file) => ({ file, bytes: readFileSync(join(folder, file)).length }))
    .sort((a, b) => b.bytes - a.bytes)
}
