// Reads what Vitest's JSON reporter wrote: `node .ci/report.mjs FILE NAME`. Prints the counts, and to FILE.failed a line for each test
// that has not passed, whatever became of it. Fails unless every test there is has passed.
import { readFileSync, writeFileSync } from 'node:fs'

const [file, name] = process.argv.slice(2)
const { testResults } = JSON.parse(readReport())
const tests = testResults.flatMap(({ name: path, status, message, assertionResults }) => {
  const found = assertionResults.map((test) => ({ ...test, path }))
  // Of a file that could not be read, or whose hooks failed, no test says so.
  const told = found.some((test) => test.status === 'failed')
  return status === 'failed' && !told
    ? [...found, { path, fullName: 'the file itself', status, failureMessages: [message] }]
    : found
})
const others = tests.filter(({ status }) => status !== 'passed')
writeFileSync(`${file}.failed`, others.map(lineOf).join(''))
console.log(`${name}: ${tests.length - others.length} of ${tests.length} passed${countsOf(others)}`)
process.exit(tests.length > 0 && others.length === 0 ? 0 : 1)

/** What was never written has no tests. */
function readReport() {
  return readFileSync(file, 'utf8') || '{"testResults":[]}'
}

function lineOf({ path, fullName, status, failureMessages }) {
  const why = failureMessages.join('\n').slice(0, 600)
  return `${status}: ${path} > ${fullName}\n${why === '' ? '' : `  ${why}\n`}`
}

/** `, 1 failed, 2 skipped` */
function countsOf(tests) {
  const states = [...new Set(tests.map(({ status }) => status))].toSorted()
  return states.map((state) => `, ${tests.filter(({ status }) => status === state).length} ${state}`).join('')
}
