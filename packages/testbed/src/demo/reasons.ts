/**
 * What went wrong, each thing once: what an error on the way out says before the error that led there, because a call fails with
 * less than what failed inside the local AWS.
 */
export function reasons(error: unknown): string[] {
  const all = flattened(error)
  return all.filter((reason, index) => !all.slice(0, index).some((earlier) => reason.includes(earlier)))
}

function flattened(error: unknown): string[] {
  if (error instanceof SuppressedError) return [...flattened(error.error), ...flattened(error.suppressed)]
  if (error instanceof AggregateError) return error.errors.flatMap(flattened)
  return [error instanceof Error ? error.message : String(error)]
}
