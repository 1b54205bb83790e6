/** Where a program says in its log that it listens. */
export interface Listening {
  port: number
  /** Whether only its own host can connect. */
  loopback: boolean
}

const words = /\b(listen(s|ing)?|started|running|serving|bound|available)\b/i
const clockTimes = /(?<![\d.])\d{1,2}:\d{2}(:\d{2})?([.,]\d+)?(?!\d)/g
const address =
  /(?:https?:\/\/(?<site>[^\s/:[]+|\[[^\]]*\])|(?<host>local(?:host)|\d+\.\d+\.\d+\.\d+|\[[^\]]*\]|\*)|(?<=[\s(]|^)):(?<port>\d{2,5})\b/
const named = /\bport(?:\(s\)|s)?:?\s+(?<port>\d{2,5})\b/i

/**
 * What the last line says that tells of a port: `Server listening on port 3000`, `Uvicorn running on http://0.0.0.0:8000`,
 * `Tomcat started on port(s): 8080`. Programs word it as they like, so undefined says nothing.
 */
export function listeningIn(lines: readonly string[]): Listening | undefined {
  for (const line of lines.toReversed()) {
    if (!words.test(line)) continue
    const text = line.replace(clockTimes, '')
    const found = address.exec(text)?.groups ?? named.exec(text)?.groups
    if (found?.port === undefined) continue
    const host = found.site ?? found.host ?? ''
    return { port: Number(found.port), loopback: /^(local(?:host)|127\.|\[::1\])/.test(host) }
  }
  return undefined
}
