export const earlyFailureForm = 'a whole number of 1 or more, or off'

/** After how many identical task failures to stop waiting: `Infinity` for `off`. */
export function parseEarlyFailure(written: string): number | undefined {
  if (written === 'off') return Infinity
  const count = /^\d+$/.test(written) ? Number(written) : 0
  return Number.isSafeInteger(count) && count >= 1 ? count : undefined
}
