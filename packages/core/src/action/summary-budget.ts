import { type Block, rendered } from './summary-block.ts'

const BREAK = '\n\n'
const CUT_OFF = '_The rest of this page was left out: it is longer than GitHub shows._'

/**
 * The page within `budget` UTF-8 bytes. The longest details are shortened first, to a common length; if the page is too long even
 * without them, its end is left out.
 */
export function fit(blocks: readonly Block[], budget: number): string {
  const whole = page(blocks)
  if (bytes(whole) <= budget) return whole
  let shortest = 0
  let longest = Math.max(0, ...blocks.map((block) => (block.kind === 'details' ? block.text.length : 0)))
  if (bytes(page(limited(blocks, 0))) > budget) return ended(limited(blocks, 0), budget)
  // The page grows with the limit, so halving finds the largest limit that fits.
  while (longest - shortest > 1) {
    const limit = Math.floor((shortest + longest) / 2)
    if (bytes(page(limited(blocks, limit))) <= budget) shortest = limit
    else longest = limit
  }
  return page(limited(blocks, shortest))
}

function page(blocks: readonly Block[]): string {
  return blocks.map((block) => `${rendered(block)}${BREAK}`).join('')
}

function limited(blocks: readonly Block[], limit: number): Block[] {
  return blocks.map((block) =>
    block.kind === 'details' ? { ...block, text: shortened(block.text, limit) } : block,
  )
}

/** Start and end of a text, which is where logs and errors say most. `limit` counts UTF-16 units. */
function shortened(text: string, limit: number): string {
  if (text.length <= limit) return text
  const start = text.slice(0, Math.ceil(limit / 2))
  const end = text.slice(text.length - Math.floor(limit / 2))
  const said = `[… ${text.length - limit} characters left out: GitHub limits the length of this page …]`
  // Half a surrogate pair would become a replacement character.
  return `${start.replace(/[\ud800-\udbff]$/, '')}\n${said}\n${end.replace(/^[\udc00-\udfff]/, '')}`
}

function ended(blocks: readonly Block[], budget: number): string {
  const room = budget - bytes(CUT_OFF) - bytes(BREAK)
  const kept: Block[] = []
  let used = 0
  for (const block of blocks) {
    used += bytes(page([block]))
    if (used > room) break
    kept.push(block)
  }
  return room < 0 ? '' : `${page(kept)}${CUT_OFF}${BREAK}`
}

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
