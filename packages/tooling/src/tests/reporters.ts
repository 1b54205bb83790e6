type Added = 'github-actions' | ['json', { outputFile: string }]

/**
 * Those of a suite: its own, annotations of the failures on GitHub (which Vitest adds by itself where no reporters are named), and in the
 * file that TEST_REPORT names what `.ci/report.mjs` reads. A reporter on the command line would take the place of all of them.
 */
export function reporters<Own>(
  own: readonly Own[],
  { GITHUB_ACTIONS, TEST_REPORT }: Readonly<Record<string, string | undefined>> = process.env,
): (Own | Added)[] {
  return [
    ...own,
    ...(GITHUB_ACTIONS === 'true' ? (['github-actions'] as const) : []),
    ...(TEST_REPORT ? [['json', { outputFile: TEST_REPORT }] satisfies Added] : []),
  ]
}
