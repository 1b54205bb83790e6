import { expect, test } from 'vitest'
import { goodDigest } from '../test-data.fixture.ts'
import { parseImage, privateRegistry } from './image-reference.ts'

test.each([
  ['nginx', { host: 'docker.io', repository: 'nginx', id: { tag: 'latest' } }],
  ['team/web:v1', { host: 'docker.io', repository: 'team/web', id: { tag: 'v1' } }],
  ['ghcr.io/team/web', { host: 'ghcr.io', repository: 'team/web', id: { tag: 'latest' } }],
  ['registry:5000/web:v1', { host: 'registry:5000', repository: 'web', id: { tag: 'v1' } }],
  ['registry.test/a/b/c:v1.2-x', { host: 'registry.test', repository: 'a/b/c', id: { tag: 'v1.2-x' } }],
  [`registry.test/web@${goodDigest}`, { repository: 'web', id: { digest: goodDigest } }],
  [`registry.test/web:v1@${goodDigest}`, { repository: 'web', id: { digest: goodDigest } }],
])('%s', (image, expected) => {
  expect(parseImage(image)).toMatchObject(expected)
})

test.each(['', '@', `@${goodDigest}`, 'web@sha256:abc'])('%j is no reference', (image) => {
  expect(parseImage(image)).toBeUndefined()
})

test.each([
  ['111122223333.dkr.ecr.eu-west-1.amazonaws.com', 'eu-west-1'],
  ['111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
  ['111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
  ['111122223333.dkr-ecr.us-east-1.on.aws', 'us-east-1'],
])('%s is a private registry', (host, region) => {
  expect(privateRegistry(host)).toEqual({ registryId: '111122223333', region })
})

test.each([
  'public.ecr.aws',
  'docker.io',
  'dkr.ecr.eu-west-1.amazonaws.com',
  '1111.dkr.ecr.eu-west-1.amazonaws.com',
])('%s is none', (host) => {
  expect(privateRegistry(host)).toBeUndefined()
})
