import { expect, test } from 'vitest'
import { runtimeMessage, whyNotStarted } from './not-started.ts'
import { machine } from './one-task.fixture.ts'

const runtime = 'failed to create shim task: OCI runtime create failed: runc create failed:'
const begin = `${runtime} unable to start container process: exec:`

test.each([
  ['a missing program', ['no-such'], `${begin} "no-such": executable file not found in $PATH: unknown`],
  [
    'a missing file',
    ['/srv/missing'],
    `${begin} "/srv/missing": stat /srv/missing: no such file or directory: unknown`,
  ],
  ['a file that is no program', ['/srv/data'], `${begin} "/srv/data": permission denied: unknown`],
  ['nothing to run', [], 'no command specified'],
])('a container with %s does not run at all', async (_, command, said) => {
  await using host = machine()
  await expect(host.run({ files: { 'srv/data': 'text' }, command })).rejects.toThrow(new Error(said))
})

test('what else the system may answer is told as it stands', () => {
  const problem = Object.assign(new Error('spawn EAGAIN'), { code: 'EAGAIN' })
  expect(whyNotStarted('node', problem)).toBe(`${begin} "node": spawn EAGAIN: unknown`)
})

test('an engine has words of its own before those of the runtime', () => {
  const said = `${begin} "x": permission denied: unknown`
  expect(runtimeMessage(`failed to create task for container: ${said}`)).toBe(said)
  expect(runtimeMessage('driver failed programming external connectivity')).toBe(
    'driver failed programming external connectivity',
  )
})
