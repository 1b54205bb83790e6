import { expect, test } from 'vitest'
import { assertEdits } from './edits.ts'

const definition = { containerDefinitions: [{ name: 'app' }, { name: 'proxy' }] }
const value = 'hush'

test('all that is wrong with the edits is told at once, each problem once and without a value', () => {
  const edits = {
    images: [
      { container: 'web', image: 'web:2' },
      { container: 'app', image: 'app:2' },
      { container: 'app', image: 'app:3' },
    ],
    variables: [
      { container: 'web', name: 'A', value },
      { container: 'web', name: 'B', value },
      { container: undefined, name: 'C', value },
      { container: 'app', name: 'D', value },
    ],
    secrets: [{ container: 'app', name: 'D', value }],
  }
  const message = [
    '5 problems with the inputs:',
    'images: there is no container "web" in the task definition',
    'images: container "app" is given two images',
    'environment-variables: there is no container "web" in the task definition',
    'environment-variables: C does not say for which container it is',
    'secrets: D of container "app" is given in environment-variables too',
  ].join('\n')
  const hint =
    'Its containers are: app, proxy. Write container:C=…; the containers are: app, proxy. In a container a name is either an environment variable or a secret: give it in one of the two inputs.'
  expect(() => assertEdits(definition, edits)).toThrow(expect.objectContaining({ message, hint }))
})

test('edits that can be made are no problem', () => {
  const images = [{ container: 'app', image: 'app:2' }]
  expect(() => assertEdits(definition, { images, variables: [], secrets: [] })).not.toThrow()
})
