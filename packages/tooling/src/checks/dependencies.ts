import type { Problem } from './problem.ts'

/** Licences that may be bundled into MIT-licensed actions. */
const compatible = ['MIT', 'Apache-2.0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']

const licences = 'actions/dist/licenses.txt'
const reasons = 'action-docs/dependencies.md'

/** Every runtime dependency of what ships has a row that says why it is there. */
export function unexplainedDependencies(dependencies: readonly string[], page: string): Problem[] {
  return dependencies
    .filter((name) => !name.startsWith('@ecs-release/') && !page.includes(`\`${name}\``))
    .map((name) => ({
      file: reasons,
      message: `${name} is a runtime dependency without a row that says why`,
    }))
}

/**
 * Every package in the bundles has a licence that may be there. `text` is what ncc writes: for each package its name, its
 * licence's SPDX identifier and the licence's text, packages separated by an empty line.
 */
export function incompatibleLicences(text: string): Problem[] {
  return [...text.matchAll(/(?:^|\n\n)((?:@[\w.-]+\/)?[\w.-]+)\n([^\n]+)(?=\n|$)/g)].flatMap(
    ([, name, licence = '']) =>
      compatible.includes(licence.trim())
        ? []
        : [
            {
              file: licences,
              message: `${name} has the licence ${licence}, which is not on the list of compatible ones`,
            },
          ],
  )
}
