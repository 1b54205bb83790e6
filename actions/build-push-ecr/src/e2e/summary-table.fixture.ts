/** The rows of a summary's table by their titles, without the marks of Markdown. */
export function summaryRows(summary: string): Record<string, string> {
  const rows = [...summary.matchAll(/^\| ([^|-]+?) \| (.*) \|$/gm)].map(([, title = '', value = '']) => [
    plain(title),
    plain(value),
  ])
  return Object.fromEntries(rows)
}

function plain(cell: string): string {
  return cell.replace(/<!-- -->|<\/?code>|[`\\]/g, '').trim()
}
