/**
 * Takes turns in proportion to the weights, spread evenly rather than in blocks, so that shares are exact over a
 * full turn. undefined when every weight is 0. How AWS's nodes interleave the groups is not documented [assumed].
 */
export function weightedRotation<T>(items: readonly { value: T; weight: number }[]): () => T | undefined {
  const turns = items.filter((item) => item.weight > 0).map((item) => ({ ...item, credit: 0 }))
  const total = turns.reduce((sum, turn) => sum + turn.weight, 0)
  return () => {
    let next: (typeof turns)[number] | undefined
    for (const turn of turns) {
      turn.credit += turn.weight
      if (next === undefined || turn.credit > next.credit) next = turn
    }
    if (next !== undefined) next.credit -= total
    return next?.value
  }
}
