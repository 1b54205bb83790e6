import { text } from 'node:stream/consumers'
import { ImagePullError } from '../../images/image.ts'
import { isObject } from '../../wire/json.ts'
import type { Engine } from './engine.ts'

/** Where the engine pulls from. */
export interface PullSource {
  /** `ADDRESS:PORT` of the registry. */
  host: string
  login(): { username: string; password: string }
}

/** Pulls `HOST/REPOSITORY@DIGEST` into the engine. Throws ImagePullError with the engine's words. */
export async function pull(engine: Engine, source: PullSource, image: string): Promise<void> {
  const [name = '', digest = ''] = image.split('@')
  const login = { ...source.login(), serveraddress: source.host }
  const query = new URLSearchParams({ fromImage: name, tag: digest })
  const progress = await engine.open('POST', `/images/create?${query}`, {
    headers: { 'x-registry-auth': Buffer.from(JSON.stringify(login)).toString('base64url') },
  })
  // The status is 200 before anything is pulled; how it went stands in the last lines.
  for (const line of (await text(progress)).split('\n')) {
    const status: unknown = line.trim() === '' ? {} : JSON.parse(line)
    if (isObject(status) && typeof status.error === 'string') throw new ImagePullError(status.error)
  }
}
