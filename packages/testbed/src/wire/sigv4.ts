import { createHash, createHmac } from 'node:crypto'
import type { Received } from './received.ts'

/** The parts of an `Authorization: AWS4-HMAC-SHA256 …` header. */
export interface Authorization {
  accessKeyId: string
  /** `20261121` */
  date: string
  region: string
  service: string
  signedHeaders: readonly string[]
  signature: string
}

const form =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/

/** undefined when the header is absent or is not of Signature Version 4. */
export function parseAuthorization(header: string | undefined): Authorization | undefined {
  const parts = form.exec(header ?? '')
  if (!parts) return undefined
  const [, accessKeyId = '', date = '', region = '', service = '', signed = '', signature = ''] = parts
  return { accessKeyId, date, region, service, signedHeaders: signed.split(';'), signature }
}

const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data).digest()
const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex')

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

function canonicalQuery(query: string): string {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
}

function canonicalRequest(request: Received, signedHeaders: readonly string[]): string {
  const headers = signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}\n`,
  )
  return [
    request.method,
    // The path is encoded once more for every service but S3.
    request.path.split('/').map(encode).join('/'),
    canonicalQuery(request.query),
    headers.join(''),
    signedHeaders.join(';'),
    sha256(request.body),
  ].join('\n')
}

/** The signature that the holder of `secret` would have given the request. Source: IAM User Guide, "Create a signed AWS API request". */
export function expectedSignature(request: Received, authorization: Authorization, secret: string): string {
  const { date, region, service, signedHeaders } = authorization
  const scope = `${date}/${region}/${service}/aws4_request`
  const toSign = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'] ?? '',
    scope,
    sha256(canonicalRequest(request, signedHeaders)),
  ].join('\n')
  const key = [region, service, 'aws4_request'].reduce<Buffer>(hmac, hmac(`AWS4${secret}`, date))
  return hmac(key, toSign).toString('hex')
}
