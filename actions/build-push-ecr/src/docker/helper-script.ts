/** The last part of the helper's file name, by which config.json refers to it. */
export const HELPER = 'ecs-release'

/**
 * What Docker runs to learn a registry's login. It holds no secret and gets none in its arguments: it asks the action's own process
 * over a socket in the same private folder, and writes the answer to Docker's pipe.
 * Source: docker/docker-credential-helpers, "Development".
 */
export const HELPER_SOURCE: string = `'use strict'
const { connect } = require('node:net')
const { join } = require('node:path')
let server = ''
process.stdin.setEncoding('utf8')
process.stdin.on('data', (text) => { server += text })
process.stdin.on('end', () => {
  let answer = ''
  const socket = connect(join(__dirname, 'socket'))
  socket.setEncoding('utf8')
  socket.on('connect', () => socket.end(JSON.stringify({ action: process.argv[2], server: server.trim() })))
  socket.on('data', (text) => { answer += text })
  socket.on('error', (error) => fail('the action does not answer: ' + error.message))
  socket.on('end', () => {
    const { found, text } = answer === '' ? { found: false, text: 'the action has ended' } : JSON.parse(answer)
    if (found) process.stdout.write(text)
    else fail(text)
  })
})
function fail(text) {
  process.stdout.write(text)
  process.exitCode = 1
}
`

/** Docker looks for a program of this name; it starts the script with the Node that runs the action. */
export function launcher(node: string, script: string): string {
  return `#!/bin/sh\nexec ${quoted(node)} ${quoted(script)} "$@"\n`
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
