import { isObject, type JsonValue } from './json.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A bare carriage return would be read back as a line feed.
  '\r': '&#xD;',
}

/** Text as XML content. Characters that XML 1.0 cannot carry at all become U+FFFD. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"\r]/g, (character) => entities[character] ?? character)
}

/** An element: members become child elements, list items `<member>`; null members are left out. */
export function element(name: string, value: JsonValue): string {
  return `<${name}>${content(value)}</${name}>`
}

function content(value: JsonValue): string {
  if (Array.isArray(value)) return value.map((item) => element('member', item)).join('')
  if (!isObject(value)) return value === null ? '' : escapeXml(String(value))
  return Object.entries(value)
    .filter(([, member]) => member !== null)
    .map(([name, member]) => element(name, member))
    .join('')
}
