import { describe, expect, test } from 'vitest'
import { extraArgument } from './extra-argument.ts'

test.each([
  ['--target=debug', '--target is not taken here: use the input target'],
  ['--target', '--target is not taken here: use the input target'],
  ['--build-arg=A=b', '--build-arg is not taken here: use the input build-args'],
  ['--platform=linux/arm64', '--platform is not taken here: use the input platforms'],
  ['--no-cache', '--no-cache is not taken here: use the input no-cache'],
  ['--label=a=b', '--label is not taken here: use the input labels'],
  ['--file=x', '--file is not taken here: use the input file'],
  ['--cache-to=type=inline', '--cache-to is not taken here: use the input cache'],
  ['--secret=id=npm,env=NPM_TOKEN', '--secret is not taken here: use the input secrets'],
  ['--builder=b', '--builder is not taken here: set the environment variable BUILDX_BUILDER'],
  ['--progress=tty', '--progress is not taken here: this action sets it or reads what it would change'],
  ['-tregistry.test/web:sneak', '-t is not taken here: use the input tags'],
  ['-t', '-t is not taken here: use the input tags'],
  ['-fother', '-f is not taken here: use the input file'],
  ['-q', '-q is not taken here: this action sets it or reads what it would change'],
  ['-o=type=tar', '-o is not taken here: use the inputs push and load'],
  ['-Dtsneak', '-D is not taken here: write the option in its long form'],
  ['--', '-- is not taken here: the context is the input context'],
])('%s is refused', (line, problem) => {
  expect(extraArgument.parse(line)).toEqual({ kind: 'problems', problems: [problem] })
})

describe('what no input covers is passed on', () => {
  test.each([
    '--ssh=default',
    '--build-context=assets=./assets',
    '--provenance=mode=max',
    '--no-cache-filter=build',
    '--secret=id=npm,src=.npmrc',
    '--add-host=a:127.0.0.1',
    'assets=./assets',
  ])('%s', (line) => {
    expect(extraArgument.parse(line)).toEqual({ kind: 'value', value: line })
  })
})
