import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Dependencies as an install leaves them, and assets that are compressed: what a Dockerfile spends its time on, without a network. */
const stages = (mark: string): string => `FROM node:24-slim AS dependencies
WORKDIR /app
COPY ${mark}/install.mjs ${mark}/
RUN ["node", "${mark}/install.mjs"]

FROM node:24-slim AS assets
WORKDIR /app
COPY ${mark}/compress.mjs ${mark}/
COPY web ${mark}/web
RUN ["node", "${mark}/compress.mjs"]

`
const layers = (mark: string): string => `COPY --from=dependencies /app/node_modules ${mark}/node_modules
COPY --from=assets /app/${mark}/web ${mark}/web
`

// Text of a fixed seed, so that every run of the benchmark has the same bytes to move.
const seeded = `let seed = 42
const word = () => (seed = (seed * 1103515245 + 12345) % 2147483648).toString(36)
const text = (words) => Array.from({ length: words }, word).join(' ')
`
const install = `import { mkdirSync, writeFileSync } from 'node:fs'
${seeded}for (let index = 0; index < 400; index++) {
  const folder = 'node_modules/package-' + index + '/lib'
  mkdirSync(folder, { recursive: true })
  for (let file = 0; file < 6; file++) writeFileSync(folder + '/' + file + '.js', text(1_500))
}
`
const compress = `import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
const web = new URL('web/', import.meta.url)
for (const name of readdirSync(web)) writeFileSync(new URL(name + '.br', web), brotliCompressSync(readFileSync(new URL(name, web))))
`

/** The files that every stage copies first. */
export function firstFiles(mark: string): string[] {
  return [`${mark}/install.mjs`, `${mark}/compress.mjs`, 'build/server.js']
}

/**
 * The example app's own image with two stages more. The files of the commit, by path. `mark` is in the text of every step that
 * takes room, by which they can be told from what else the builder keeps.
 */
export function projectFiles(root: string, mark: string): Record<string, string> {
  const dockerfile = readFileSync(join(root, 'example-app/Dockerfile'), 'utf8')
  const server = readFileSync(join(root, 'example-app/build/server.js'), 'utf8')
  return {
    Dockerfile: stages(mark) + dockerfile + layers(mark),
    'build/server.js': server,
    [`${mark}/install.mjs`]: install,
    [`${mark}/compress.mjs`]: compress,
    'web/page.js': server,
  }
}
