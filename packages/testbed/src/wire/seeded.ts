/**
 * A generator of numbers in [0, 1) that repeats itself for the same seed, so that a fault that hits "10 % of the
 * calls" hits the same ones in the next run. A counter with a large odd step, mixed; good enough for choosing calls.
 */
export function seeded(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed ^= mixed >>> 15
    mixed = Math.imul(mixed, 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }
}
