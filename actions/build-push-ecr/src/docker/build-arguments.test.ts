import { expect, test } from 'vitest'
import { type BuildRequest, buildArguments } from './build-arguments.ts'
import type { Builder } from './builder.ts'

const image = 'registry.test/web:main-1'
const request: BuildRequest = {
  context: '.',
  file: undefined,
  target: undefined,
  platforms: undefined,
  buildArgs: undefined,
  secrets: undefined,
  labels: [],
  extraArgs: undefined,
  pull: false,
  noCache: false,
  image,
  push: true,
  load: false,
  cache: { kind: 'off', from: [], to: undefined },
  time: 1_700_000_000,
  metadataFile: '/tmp/m.json',
}
const full: Builder = {
  name: 'b',
  driver: 'docker-container',
  containerdStore: false,
  version: undefined,
  platform: undefined,
}
const engine: Builder = { ...full, driver: 'docker', containerdStore: true }
const classic: Builder = { ...full, driver: 'docker' }
const outputs = (change: Partial<BuildRequest>, builder: Builder) =>
  buildArguments({ ...request, ...change }, builder).filter((argument) => argument.startsWith('--output'))

test('all inputs are passed on, the context last', () => {
  const given = {
    file: 'docker/Dockerfile',
    target: 'app',
    platforms: ['linux/amd64', 'linux/arm64'],
    buildArgs: ['A=b c', 'D'],
    secrets: [{ name: 'npm', value: 'NPM_TOKEN' }],
    labels: [{ name: 'team', value: 'shop' }],
    extraArgs: ['--ssh=default'],
    pull: true,
    noCache: true,
    context: 'app',
  }
  expect(buildArguments({ ...request, ...given }, full)).toEqual([
    'buildx',
    'build',
    '--progress=plain',
    '--provenance=false',
    '--sbom=false',
    '--metadata-file=/tmp/m.json',
    '--file=docker/Dockerfile',
    '--target=app',
    '--platform=linux/amd64,linux/arm64',
    '--build-arg=A=b c',
    '--build-arg=D',
    '--secret=id=npm,env=NPM_TOKEN',
    '--label=team=shop',
    '--pull',
    '--no-cache',
    `--output=type=image,name=${image},push=true,oci-mediatypes=true,source-date-epoch=1700000000,rewrite-timestamp=true`,
    '--ssh=default',
    '--',
    'app',
  ])
})

test.each<[string, Partial<BuildRequest>, Builder, string[]]>([
  [
    'the engine rewrites timestamps only of what it does not keep',
    {},
    engine,
    [
      `type=image,name=${image},push=true,oci-mediatypes=true,source-date-epoch=1700000000,unpack=false,store=false,rewrite-timestamp=true`,
    ],
  ],
  [
    'layers from a cache are the same anyway',
    { cache: { kind: 'registry', from: [], to: 'r/c:main' } },
    full,
    [`type=image,name=${image},push=true,oci-mediatypes=true,source-date-epoch=1700000000`],
  ],
  ['a classic engine cannot', {}, classic, [`type=image,name=${image},push=true`]],
  [
    'load alone',
    { push: false, load: true },
    engine,
    [`type=docker,name=${image},source-date-epoch=1700000000`],
  ],
  [
    'both, that of the push last, whose digest is told',
    { load: true, cache: { kind: 'registry', from: [], to: undefined } },
    full,
    [
      `type=docker,name=${image},source-date-epoch=1700000000`,
      `type=image,name=${image},push=true,oci-mediatypes=true,source-date-epoch=1700000000`,
    ],
  ],
  ['neither', { push: false }, full, ['type=cacheonly']],
])('%s', (_, change, builder, expected) => {
  expect(outputs(change, builder)).toEqual(expected.map((output) => `--output=${output}`))
})

test.each<[string, BuildRequest['cache'], string[]]>([
  [
    'a registry',
    { kind: 'registry', from: ['r/c:main'], to: 'r/c:main' },
    [
      '--cache-from=type=registry,ref=r/c:main',
      '--cache-to=type=registry,ref=r/c:main,mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true',
    ],
  ],
  [
    'a registry that is only read',
    { kind: 'registry', from: ['r/c:main'], to: undefined },
    ['--cache-from=type=registry,ref=r/c:main'],
  ],
  [
    'inline',
    { kind: 'inline', from: ['r/w:main'], to: 'main' },
    ['--cache-from=type=registry,ref=r/w:main', '--cache-to=type=inline'],
  ],
  ['off', { kind: 'off', from: ['r/w:main'], to: 'main' }, []],
])('cache: %s', (_, cache, expected) => {
  const args = buildArguments({ ...request, cache }, full)
  expect(args.filter((argument) => argument.startsWith('--cache'))).toEqual(expected)
})
