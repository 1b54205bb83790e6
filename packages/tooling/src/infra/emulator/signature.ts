/** moto finds the service in the scope of a signature, and does not check the rest of it. */
export function signatureFor(service: string): { authorization: string } {
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=none`,
  }
}
