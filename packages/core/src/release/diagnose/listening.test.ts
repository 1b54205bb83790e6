import { expect, test } from 'vitest'
import { listeningIn } from './listening.ts'

test.each<[string, number, boolean]>([
  ['Server listening on port 3000', 3000, false],
  ['listening on :8080', 8080, false],
  ['Listening on http://0.0.0.0:8000/', 8000, false],
  ['INFO:     Uvicorn running on http://127.0.0.1:8000 (Press CTRL+C to quit)', 8000, true],
  ['2026-10-01T12:30:45.123Z  INFO 1 --- Tomcat started on port(s): 9090 (http)', 9090, false],
  ['Now listening on: http://[::]:80', 80, false],
  ['[12:30:45] * Running on http://localhost:5000', 5000, true],
  ['Puma: Listening on tcp://0.0.0.0:3000', 3000, false],
  ['Server bound to [::1]:8080', 8080, true],
])('%s', (line, port, loopback) => {
  expect(listeningIn(['starting', line, 'ready'])).toEqual({ port, loopback })
})

test.each([
  'connected to postgres://db:5432',
  'Started Application in 3.2 seconds (process running for 4.1)',
  'started at 12:30:45',
  'Started server process [1]',
  'running on PID:1234',
  'listening',
  '',
])('"%s" tells of no port', (line) => {
  expect(listeningIn([line])).toBeUndefined()
})

test('the last line that tells of one counts', () => {
  expect(listeningIn(['listening on :8080', 'listening on :9090', 'GET / 200'])?.port).toBe(9090)
})
