import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findSource, type SourceInputs } from './source.ts'

const DOCKERFILE = 'FROM scratch AS files\nFROM files AS final\n'
const nothing: SourceInputs = { context: '.', file: undefined, target: undefined }

/** A folder with files in it, and inputs whose paths are below it. */
function folder(files: readonly string[]) {
  const made = mkdtempDisposableSync(join(tmpdir(), 'source-'))
  for (const file of files) {
    mkdirSync(join(made.path, file, '..'), { recursive: true })
    writeFileSync(join(made.path, file), DOCKERFILE)
  }
  const within = ({ context, file, target }: SourceInputs): SourceInputs => ({
    context: join(made.path, context),
    file: file && join(made.path, file),
    target,
  })
  return { path: made.path, within, [Symbol.dispose]: () => made.remove() }
}

test.each<[string, string[], Partial<SourceInputs>, string]>([
  ['the default', ['Dockerfile'], {}, 'Dockerfile'],
  ['in lower case', ['dockerfile'], {}, 'dockerfile'],
  ['of another context', ['app/Dockerfile'], { context: 'app' }, 'app/Dockerfile'],
  [
    'of another name',
    ['app/Dockerfile', 'docker/prod'],
    { context: 'app', file: 'docker/prod' },
    'docker/prod',
  ],
  ['with a target', ['Dockerfile'], { target: 'FILES' }, 'Dockerfile'],
])('the Dockerfile is found: %s', (_, files, inputs, expected) => {
  using made = folder(files)
  expect(findSource(made.within({ ...nothing, ...inputs }))).toEqual({
    dockerfile: join(made.path, expected),
    instructions: [DOCKERFILE],
    folder: join(made.path, inputs.context ?? '.'),
  })
})

test('the .dockerignore of a Dockerfile is part of what it says', () => {
  using made = folder(['Dockerfile', '.dockerignore'])
  writeFileSync(join(made.path, 'Dockerfile.dockerignore'), 'b\n')
  expect(findSource(made.within(nothing)).instructions).toEqual([DOCKERFILE, 'b\n'])
})

test.each<[string, string[], Partial<SourceInputs>, string]>([
  [
    'a missing folder',
    ['App/Dockerfile'],
    { context: 'app' },
    'context: there is no folder /app; there is /App',
  ],
  ['a folder that is none', ['app.tar'], { context: 'app.tar' }, 'context: /app.tar is a file'],
  ['no Dockerfile', ['src/a'], {}, 'file: there is no Dockerfile in '],
  ['one that is called otherwise', ['Dokerfile'], {}, '; there is /Dokerfile'],
  [
    'one of another case',
    ['docker/dockerfile.prod'],
    { file: 'docker/Dockerfile.prod' },
    'file: there is no /docker/Dockerfile.prod; there is /docker/dockerfile.prod',
  ],
  ['a folder as the file', ['docker/Dockerfile'], { file: 'docker' }, 'file: /docker is a folder'],
  [
    'a target that is not there',
    ['Dockerfile'],
    { target: 'nope' },
    'target: /Dockerfile has no stage nope; it has files and final',
  ],
])('%s is refused by name', (_, files, inputs, expected) => {
  using made = folder(files)
  const shown = (text: string) => text.replaceAll(made.path, '')
  try {
    findSource(made.within({ ...nothing, ...inputs }))
    expect.unreachable()
  } catch (error) {
    expect(shown(String(error))).toContain(expected)
  }
})

test.each([
  'https://github.com/octo-org/shop.git#main',
  'git@github.com:octo-org/shop.git',
  'github.com/octo-org/shop',
  'https://example.com/context.tar.gz',
])('%s is the builder’s to fetch', (context) => {
  expect(findSource({ context, file: 'docker/Dockerfile', target: 'x' })).toEqual({ dockerfile: undefined })
})

test.each(['-', '-h', '--help'])('%s is a folder that does not exist', (context) => {
  expect(() => findSource({ ...nothing, context })).toThrow(`context: there is no folder ${context}`)
})
