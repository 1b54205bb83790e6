/** One release of the demo: what is wrong with it, and how a release like that must end. */
export interface Release {
  name: string
  /** What the narrator says before it. */
  story: string
  /** The fault that this version was built with, as environment variables of its image. */
  fault: Readonly<Record<string, string>>
  /** What the output `outcome` must say. */
  expected: string
  /** A finding that must be among `findings`; undefined where there must be none. */
  finding?: string
}

const good = { fault: {}, expected: 'succeeded' }

/** The four releases of the demo, in order. `healed` names those whose fault is taken out. */
export function releases(healed: readonly string[] = []): Release[] {
  const all: Release[] = [
    { ...good, name: 'v1', story: 'The first release of the day.' },
    { ...good, name: 'v2', story: 'Another good one, over the first.' },
    {
      name: 'v3',
      story: 'It has lost its orders: /orders answers 500, and its /health says so with 503.',
      fault: { DRILL_HEALTH: 'fail', DRILL_ORDERS_ERROR_RATE: '1' },
      expected: 'rolled-back',
      finding: 'load-balancer-health-check',
    },
    {
      name: 'v4',
      story: 'It crashes on start.',
      fault: { DRILL_CRASH: 'start' },
      expected: 'rolled-back',
      finding: 'crash-on-start',
    },
  ]
  return all.map((release) =>
    healed.includes(release.name)
      ? { name: release.name, story: `${release.name} with its fault taken out.`, ...good }
      : release,
  )
}
