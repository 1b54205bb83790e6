import type { Emulator } from './emulator.ts'

/** One call of AWS's query protocol, answered in XML. moto finds the service in the signature's scope and checks no more. */
export async function query(
  emulator: Emulator,
  service: string,
  action: string,
  version: string,
): Promise<string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`
  const body = new URLSearchParams({ Action: action, Version: version })
  const answer = await fetch(emulator.endpoint, { method: 'POST', headers: { authorization }, body })
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
  return answer.text()
}
