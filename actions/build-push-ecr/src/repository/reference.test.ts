import { expect, test } from 'vitest'
import { parseReference } from './reference.ts'

test.each([
  ['a name', 'web', { name: 'web', host: undefined, registryId: undefined, region: undefined }],
  ['a name with folders', 'team/web_api', { name: 'team/web_api' }],
  ['a name that looks like a host', 'my.org/web', { name: 'my.org/web', host: undefined }],
  [
    'a URI',
    '111122223333.dkr.ecr.eu-west-1.amazonaws.com/team/web',
    { name: 'team/web', registryId: '111122223333', region: 'eu-west-1' },
  ],
  ['a URI in China', '111122223333.dkr.ecr.cn-north-1.amazonaws.com.cn/web', { region: 'cn-north-1' }],
  [
    'a FIPS endpoint',
    '111122223333.dkr.ecr-fips.us-gov-west-1.amazonaws.com/web',
    { region: 'us-gov-west-1' },
  ],
  ['a dual-stack endpoint', '111122223333.dkr-ecr.us-east-1.on.aws/web', { region: 'us-east-1' }],
  [
    'the European partition',
    '111122223333.dkr.ecr.eusc-de-east-1.amazonaws.eu/web',
    { region: 'eusc-de-east-1' },
  ],
  [
    'a host with a port',
    'registry.test:5000/web',
    { name: 'web', host: 'registry.test:5000', registryId: undefined },
  ],
])('%s', (_, text, expected) => {
  expect(parseReference(text)).toMatchObject(expected)
})

test.each([
  ['a tag', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:v1'],
  ['a digest', `web@sha256:${'0'.repeat(64)}`],
  ['capitals', 'Web'],
  ['a public registry', 'public.ecr.aws/nginx/nginx'],
  ['a scheme', 'https://111122223333.dkr.ecr.eu-west-1.amazonaws.com/web'],
  ['no name', '111122223333.dkr.ecr.eu-west-1.amazonaws.com/'],
  ['a name that is too long', 'a'.repeat(257)],
])('refuses %s', (_, text) => {
  expect(parseReference(text)).toBeUndefined()
})
