import { buildImage } from '../images/build-image.ts'
import type { OciImage } from '../images/oci-image.ts'
import { type VirtualClock, virtualClock } from '../time/virtual-clock.ts'
import type { EcrOptions } from './ecr.ts'
import { type EcrOverHttp, ecrOverHttp } from './ecr-over-http.ts'

/** ECR on a clock that stands still until it is told to go on. */
export interface TestEcr extends EcrOverHttp {
  clock: VirtualClock
  /** A request to the registry, e.g. `/v2/web/tags/list`, with a fresh password unless it brings its own authorization. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

export async function testEcr(options: Partial<EcrOptions> = {}): Promise<TestEcr> {
  const clock = virtualClock(Date.now())
  const local = await ecrOverHttp(clock, { maxAttempts: 1, ...options })
  return {
    ...local,
    clock,
    fetch(path, init = {}) {
      const headers = new Headers(init.headers)
      if (!headers.has('authorization')) headers.set('authorization', basic(local.ecr.login().password))
      return fetch(`http://${local.ecr.host}${path}`, { redirect: 'manual', ...init, headers })
    },
  }
}

export function basic(password: string): string {
  return `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`
}

/** A small image; another text gives another digest. */
export function smallImage(text = 'one', architecture = 'amd64'): Promise<OciImage> {
  return buildImage({ files: { 'app/a.js': text }, config: { Cmd: ['node', 'app/a.js'] }, architecture })
}
