/** Calls `each` with at most `size` items at a time, one call after the other, and joins the answers. */
export async function inChunks<T, R>(
  items: readonly T[],
  size: number,
  each: (chunk: T[]) => Promise<readonly R[]>,
): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < items.length; at += size) results.push(...(await each(items.slice(at, at + size))))
  return results
}
