/** Lays rows out in columns as wide as their widest cell; numbers are aligned to the right. */
export function table(headers: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = headers.map((header, column) =>
    Math.max(header.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => align(cell, widths[column] ?? 0))
      .join('   ')
      .trimEnd()
  return [line(headers), widths.map((width) => '─'.repeat(width)).join('   '), ...rows.map(line)]
}

function align(cell: string, width: number): string {
  return /^[\d.,]+$/.test(cell) ? cell.padStart(width) : cell.padEnd(width)
}
