import type { Emulator } from './emulator.ts'
import { signatureFor } from './signature.ts'

/** One call of AWS's query protocol, answered in XML. */
export async function query(
  emulator: Emulator,
  service: string,
  action: string,
  version: string,
): Promise<string> {
  const body = new URLSearchParams({ Action: action, Version: version })
  const answer = await fetch(emulator.endpoint, { method: 'POST', headers: signatureFor(service), body })
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
  return answer.text()
}
