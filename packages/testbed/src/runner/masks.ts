/** The values that must not be read in a log. */
export interface Masks {
  /** Also hides the value's lines and its usual encodings. Tells whether there was anything to hide. */
  add(value: string): boolean
  /** The text with every masked value as `***`. */
  hide(text: string): string
}

/** Source: GitHub Docs, "Workflow commands for GitHub Actions", "Masking a value in a log". */
export function masks(): Masks {
  const hidden = new Set<string>()
  return {
    add(value) {
      const lines = value.split(/\r\n|\n|\r/).map((line) => line.trim())
      const parts = [value, ...lines].filter((part) => part.trim() !== '')
      for (const part of parts) {
        for (const form of formsOf(part)) hidden.add(form)
      }
      return parts.length > 0
    },
    hide: (text) => replaceAll(text, hidden),
  }
}

function formsOf(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1)
  return [value, encodeURIComponent(value), json, xml(value), ...base64(value)].filter((form) => form !== '')
}

// A text that contains the value may have it at any of three places in a group of three bytes.
function base64(value: string): string[] {
  const bytes = Buffer.from(value)
  return [0, 1, 2].map((skip) => {
    const rest = bytes.subarray(skip)
    const whole = rest.subarray(0, rest.length - (rest.length % 3))
    return skip === 0 ? rest.toString('base64') : whole.toString('base64')
  })
}

function xml(value: string): string {
  const entities: Record<string, string> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' }
  return value.replace(/[&<>"']/g, (character) => `&${entities[character]};`)
}

// All places are found before any is replaced, so that values which overlap hide each other's rest too.
function replaceAll(text: string, values: ReadonlySet<string>): string {
  const places: [start: number, end: number][] = []
  for (const value of values) {
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1))
      places.push([at, at + value.length])
  }
  places.sort(([a], [b]) => a - b)
  let shown = ''
  let done = 0
  for (const [start, end] of places) {
    if (start >= done) shown += `${text.slice(done, start)}***`
    done = Math.max(done, end)
  }
  return shown + text.slice(done)
}
