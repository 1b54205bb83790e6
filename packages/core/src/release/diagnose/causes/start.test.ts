import { expect, test } from 'vitest'
import { aContainer } from '../../test-data.fixture.ts'
import { diagnose } from '../diagnose.ts'
import { codes, first, pullFailure, seen } from '../sample.fixture.ts'

const beginning =
  'CannotStartContainerError: ResourceInitializationError: failed to create new container runtime task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process:'
const missing = 'cannot be started: its program serve-orders is not in the image'
const forbidden = 'cannot be started: its program /srv/run.sh may not be executed'

test.each([
  ['a name', `${beginning} exec: "serve-orders": executable file not found in $PATH: unknown`, missing],
  ['cut off', `${beginning} exec: "serve-orders": executable file not found in`, missing],
  [
    'the words of docker',
    'CannotStartContainerError: Error response from daemon: failed to create task for container: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "serve-orders": executable file not found in $PATH: unknown',
    missing,
  ],
  [
    'older words',
    'CannotStartContainerError: API error (400): OCI runtime create failed: container_linux.go:348: starting container process caused "exec: \\"serve-orders\\": executable file not found in $PATH": unknown',
    missing,
  ],
  [
    'a path',
    `${beginning} exec: "serve-orders": stat serve-orders: no such file or directory: unknown`,
    missing,
  ],
  ['a path, cut off', `${beginning} exec: "serve-orders": stat serve-ord`, missing],
  ['without the execute bit', `${beginning} exec: "/srv/run.sh": permission denied: unknown`, forbidden],
  ['a directory', `${beginning} exec: "/srv/run.sh": is a directory: unknown`, forbidden],
])('cannot-start: %s', (_, reason, cause) => {
  expect(first(seen({ tasks: [pullFailure(reason)] }))).toBe(`cannot-start: container app ${cause}`)
  const onlyInTheContainer = pullFailure(reason, { stoppedReason: 'Task failed to start' })
  expect(first(seen({ tasks: [onlyInTheContainer] }))).toBe(`cannot-start: container app ${cause}`)
})

test('cannot-start: one word too few', () => {
  const reason = `${beginning} exec: "node index.js -p 80": executable file not found in $PATH: unknown`
  expect(first(seen({ tasks: [pullFailure(reason)] }))).toMatch(/its program node index\.js -p 80 is not/)
})

/** Each looks like it and is something else. */
test.each([
  ['a container that cannot be started for another reason', `${beginning} errno 524: unknown`],
  ['a health check of which docker says the same', 'exec: "curl": executable file not found in $PATH'],
])('not cannot-start: %s', (_, reason) => {
  expect(codes(seen({ tasks: [pullFailure(reason)] }))).toEqual(['unknown-failure'])
})

test('another container that was killed for it is not blamed', () => {
  const reason = `${beginning} exec: "serve-orders": executable file not found in $PATH: unknown`
  const containers = [aContainer({ reason }), aContainer({ name: 'sidecar', exitCode: 137 })]
  const { findings, stopped } = diagnose(seen({ tasks: [pullFailure(reason, { containers })] }))
  expect(findings.map(({ code }) => code)).toEqual(['cannot-start'])
  expect(stopped).toMatchObject([{ reason, container: undefined, exitCode: undefined }])
})
