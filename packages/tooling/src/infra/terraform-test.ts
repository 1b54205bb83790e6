import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Environment, tryTerraform } from './terraform.ts'

/** One thing that a `run` block of a `terraform test` claims. */
export interface Assertion {
  /** The file's name, such as `service.tftest.hcl`. */
  file: string
  run: string
  /** The error message of an assert block, or of an expected failure `refuses` and the object, such as `refuses var.name`. */
  claim: string
}

/** What `terraform test` said. */
export interface TestResult {
  /** Runs that ended otherwise than by passing or failing an assertion, and errors beside any run. */
  errors: string[]
  passed: number
  /** The runs that ended otherwise, as `FILE RUN`. */
  notPassed: string[]
  /** `file` is that of the run; see `assertionsOf`. */
  failed: Assertion[]
}

/** Every assertion in the test files of a stack or module, in their order. */
export function assertionsOf(path: string): Assertion[] {
  const folder = join(path, 'tests')
  return readdirSync(folder)
    .filter((file) => file.endsWith('.tftest.hcl'))
    .flatMap((file) => {
      const blocks = readFileSync(join(folder, file), 'utf8')
        .split(/^run "/m)
        .slice(1)
      return blocks.flatMap((block) =>
        claimsOf(block).map((claim) => ({ file, run: block.slice(0, block.indexOf('"')), claim })),
      )
    })
}

function claimsOf(block: string): string[] {
  const messages = [...block.matchAll(/^ +error_message = "(.*)"$/gm)].map(([, message]) => message ?? '')
  const refused = [...block.matchAll(/^ +expect_failures = \[(.*)\]$/gm)].map(
    ([, object]) => `refuses ${object}`,
  )
  return [...messages, ...refused]
}

interface Line {
  type: string
  '@testfile'?: string
  '@testrun'?: string
  test_run?: { run: string; progress: string; status?: string }
  diagnostic?: { severity: string; summary: string; detail: string }
}

/** Runs `terraform test` in a folder. */
export async function terraformTest(path: string, env: Environment): Promise<TestResult> {
  const { stdout, stderr } = await tryTerraform(path, ['test', '-json'], env)
  const result: TestResult = {
    errors: stderr.trim() === '' ? [] : [stderr.trim()],
    passed: 0,
    notPassed: [],
    failed: [],
  }
  for (const text of stdout.split('\n').filter((line) => line.startsWith('{'))) {
    const line: Line = JSON.parse(text)
    if (line.test_run?.progress === 'complete') count(result, line, line.test_run)
    if (line.type === 'diagnostic' && line.diagnostic?.severity === 'error')
      note(result, line, line.diagnostic)
  }
  return result
}

function count(result: TestResult, line: Line, { run, status }: { run: string; status?: string }): void {
  if (status === 'pass') result.passed += 1
  else result.notPassed.push(`${fileOf(line)} ${run}`)
}

const fileOf = (line: Line): string => (line['@testfile'] ?? '').replace(/^tests\//, '')

function note(
  result: TestResult,
  line: Line,
  { summary, detail }: { summary: string; detail: string },
): void {
  const file = fileOf(line)
  const run = line['@testrun'] ?? ''
  const refused = /^The checkable object, ([\w.]+), was expected to report an error but did\s+not\./.exec(
    detail,
  )?.[1]
  if (summary === 'Test assertion failed') result.failed.push({ file, run, claim: detail.trim() })
  else if (summary === 'Missing expected failure' && refused !== undefined)
    result.failed.push({ file, run, claim: `refuses ${refused}` })
  else result.errors.push(`${file} ${run}: ${summary}: ${detail}`)
}
