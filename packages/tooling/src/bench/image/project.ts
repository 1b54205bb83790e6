import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Dependencies as an install leaves them, and assets that are compressed: what a Dockerfile spends its time on, without a network. */
const stages = `FROM node:24-slim AS dependencies
WORKDIR /app
COPY tools/install.mjs tools/
RUN ["node", "tools/install.mjs"]

FROM node:24-slim AS assets
WORKDIR /app
COPY tools/compress.mjs tools/
COPY web web
RUN ["node", "tools/compress.mjs"]

`
const layers = `COPY --from=dependencies /app/node_modules node_modules
COPY --from=assets /app/web web
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
for (const name of readdirSync('web')) writeFileSync('web/' + name + '.br', brotliCompressSync(readFileSync('web/' + name)))
`

/** The example app's own image with two stages more. The files of the commit, by path. */
export function projectFiles(root: string): Record<string, string> {
  const dockerfile = readFileSync(join(root, 'example-app/Dockerfile'), 'utf8')
  const server = readFileSync(join(root, 'example-app/build/server.js'), 'utf8')
  return {
    Dockerfile: stages + dockerfile + layers,
    'build/server.js': server,
    'tools/install.mjs': install,
    'tools/compress.mjs': compress,
    'web/page.js': server,
  }
}
