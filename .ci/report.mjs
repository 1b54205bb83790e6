// Reads what Vitest's JSON reporter wrote: `node .ci/report.mjs FILE NAME [--docker]`. Prints the counts, and a line for each test that
// failed to FILE.failed too. Fails unless every test there is has passed, and with --docker some of them on an engine.
import { readFileSync, writeFileSync } from 'node:fs'

const [file, name, docker] = process.argv.slice(2)
const { numTotalTests, testResults } = JSON.parse(readFileSync(file, 'utf8'))
const tests = testResults.flatMap(({ name: path, message, assertionResults }) =>
  assertionResults.length > 0
    ? assertionResults.map((test) => ({ ...test, path }))
    : [{ path, fullName: '', status: 'failed', failureMessages: [message] }],
)
const passed = tests.filter(({ status }) => status === 'passed')
const onDocker = passed.filter(({ fullName }) => fullName.startsWith('Docker: '))
const failed = tests.filter(({ status }) => status === 'failed')
const lines = failed.map(
  ({ path, fullName, failureMessages }) =>
    `${path} > ${fullName}\n  ${failureMessages.join('\n').slice(0, 600)}\n`,
)
console.log(
  `${name}: ${passed.length} of ${numTotalTests} passed, ${failed.length} failed, ${onDocker.length} of them touched Docker`,
)
writeFileSync(`${file}.failed`, lines.join(''))
const complete = passed.length > 0 && passed.length === numTotalTests && failed.length === 0
process.exit(complete && (docker === undefined || onDocker.length > 0) ? 0 : 1)
