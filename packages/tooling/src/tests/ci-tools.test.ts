import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempDisposableSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../repository.ts'

const says = (text: string) => `#!/bin/sh\necho '${text}'\n`
const FOUND = {
  act: 'act version 0.2.87',
  actionlint: 'v1.7.12\ninstalled by building from source',
  zizmor: 'zizmor 1.32.0',
}

// They note what they are asked to install, and install a program that says the version asked for.
const GO = `#!/bin/sh
echo "go $*" >> "$NOTES"
name=$(basename "\${2%@*}")
printf '#!/bin/sh\\necho %s ours %s\\n' "$name" "\${2#*@}" > "$GOBIN/$name" && chmod +x "$GOBIN/$name"
`
const PYTHON = `#!/bin/sh
echo "python3 -m $2" >> "$NOTES"
[ "$2" = venv ] || exit 1
mkdir -p "$3/bin" && cat > "$3/bin/python" <<'END'
#!/bin/sh
[ "$3" = show ] && exit 1
for last in "$@"; do :; done
echo "pip $3 $last" >> "$NOTES"
zizmor=$(dirname "$0")/zizmor
printf '#!/bin/sh\\necho zizmor ours %s\\n' "\${last#*==}" > "$zizmor" && chmod +x "$zizmor"
END
chmod +x "$3/bin/python"
`

/** Has `.ci/tools.sh` look for the tools where these programs are found. */
function tools(found: Partial<typeof FOUND>) {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'tools-'))
  const at = (...names: string[]) => join(folder.path, ...names)
  const program = (path: string, text: string) => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    chmodSync(path, 0o755)
  }
  for (const [name, text] of Object.entries(found)) program(at('found', name), says(text))
  program(at('found/go'), GO)
  program(at('found/python3'), PYTHON)
  writeFileSync(at('notes'), '')
  const env = { NOTES: at('notes'), PATH: `${at('ours/bin')}:${at('found')}:/usr/bin:/bin` }
  const script = `. .ci/tools.sh; act --version >/dev/null 2>&1; workflow_tools '${at('ours')}'`
  const { status, stdout } = spawnSync('bash', ['--norc', '-c', script], { cwd: root, env, encoding: 'utf8' })
  return {
    status,
    said: stdout.trim().split('\n'),
    notes: readFileSync(at('notes'), 'utf8').trim().split('\n'),
  }
}

test('what is found at the pinned versions is used', () => {
  expect(tools(FOUND)).toEqual({
    status: 0,
    said: ['act version 0.2.87', 'v1.7.12', 'installed by building from source', 'zizmor 1.32.0'],
    notes: [''],
  })
})

test.each([
  ['other versions', { act: 'act version 0.2.870', actionlint: '1.7.11', zizmor: 'zizmor 11.32.0' }],
  ['nothing', {}],
])('where there are %s, ours are put beside them and used', (_, found) => {
  expect(tools(found)).toEqual({
    status: 0,
    said: ['act ours v0.2.87', 'actionlint ours v1.7.12', 'zizmor ours 1.32.0'],
    notes: [
      'go install github.com/nektos/act@v0.2.87',
      'go install github.com/rhysd/actionlint/cmd/actionlint@v1.7.12',
      'python3 -m venv',
      'pip install zizmor==1.32.0',
    ],
  })
})
