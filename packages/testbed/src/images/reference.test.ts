import { expect, test } from 'vitest'
import { parseReference } from './reference.ts'

const digest = `sha256:${'0a'.repeat(32)}`
const host = '111122223333.dkr.ecr.us-east-1.amazonaws.com'

test.each([
  ['an ECR tag', `${host}/web:v1`, [host, 'web', 'v1', undefined]],
  ['an ECR digest', `${host}/team/web@${digest}`, [host, 'team/web', undefined, digest]],
  ['tag and digest', `${host}/web:v1@${digest}`, [host, 'web', 'v1', digest]],
  ['neither', `${host}/web`, [host, 'web', 'latest', undefined]],
  ['a host with a port', 'registry.test:5000/web:v1', ['registry.test:5000', 'web', 'v1', undefined]],
  ['an official image', 'nginx', ['docker.io', 'library/nginx', 'latest', undefined]],
  ["a user's image", 'ada/web:2', ['docker.io', 'ada/web', '2', undefined]],
])('reads %s', (_, reference, [host, repository, tag, digest]) => {
  expect(parseReference(reference)).toEqual({ host, repository, tag, digest })
})

test.each([
  ['an upper-case repository', `${host}/Web:v1`],
  ['a cut digest', `${host}/web@sha256:0a`],
  ['an empty tag', `${host}/web:`],
  ['nothing', ''],
])('refuses %s', (_, reference) => {
  expect(parseReference(reference)).toBeUndefined()
})
