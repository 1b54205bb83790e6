import { expect, test } from 'vitest'
import { codeBlocks } from './code-blocks.ts'

test.each([
  ['one block', 'a\n```yaml\nx: 1\n```\nb\n', [{ language: 'yaml', text: 'x: 1\n', line: 2 }]],
  ['none', 'a `code` b\n', []],
  ['no language', '```\nx\n```\n', [{ language: '', text: 'x\n', line: 1 }]],
  ['words after the language', '```ts title="a"\nx\n```\n', [{ language: 'ts', text: 'x\n', line: 1 }]],
  ['in a list', '- a\n\n  ```sh\n  ls\n    -l\n  ```\n', [{ language: 'sh', text: 'ls\n  -l\n', line: 3 }]],
  [
    'a fence in a longer one',
    '````md\n```yaml\n```\n````\n',
    [{ language: 'md', text: '```yaml\n```\n', line: 1 }],
  ],
  ['tildes', '~~~json\n{}\n~~~\n', [{ language: 'json', text: '{}\n', line: 1 }]],
  ['not closed', '```sh\nls\n', [{ language: 'unclosed', text: 'ls\n\n', line: 1 }]],
])('%s', (_, markdown, blocks) => {
  expect(codeBlocks(markdown)).toEqual(blocks)
})
