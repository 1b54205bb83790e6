const UNITS = [
  { letter: 'h', seconds: 3600 },
  { letter: 'm', seconds: 60 },
  { letter: 's', seconds: 1 },
] as const

/** Seconds of a duration written `30s`, `10m`, `2h` or `1h30m`; undefined for any other text. */
export function parseDuration(text: string): number | undefined {
  const parts = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/.exec(text)
  if (parts === null || text === '') return undefined
  const seconds = UNITS.reduce((sum, unit, index) => sum + Number(parts[index + 1] ?? 0) * unit.seconds, 0)
  return Number.isSafeInteger(seconds) ? seconds : undefined
}

/** The shortest such text for whole seconds: `5400` is `1h30m`. Fractions are rounded. */
export function formatDuration(seconds: number): string {
  let rest = Math.max(0, Math.round(seconds))
  let text = ''
  for (const unit of UNITS) {
    const count = Math.floor(rest / unit.seconds)
    if (count > 0) text += `${count}${unit.letter}`
    rest -= count * unit.seconds
  }
  return text === '' ? '0s' : text
}
