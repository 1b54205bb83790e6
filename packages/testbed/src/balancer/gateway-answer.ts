import type { ServerResponse } from 'node:http'
import type { TrafficCounter, TrafficDimensions } from './traffic-counts.ts'

/** Answers that the load balancer gives itself (aws-model.md 2.7). */
export type GatewayStatus = 502 | 503 | 504

const phrases = {
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
} as const satisfies Record<GatewayStatus, string>

const metrics = {
  502: 'HTTPCode_ELB_502_Count',
  503: 'HTTPCode_ELB_503_Count',
  504: 'HTTPCode_ELB_504_Count',
} as const satisfies Record<GatewayStatus, string>

/**
 * Answers for the load balancer and counts it, for the load balancer alone: target-group metrics never show these.
 * A client that has had the head of an answer already can only be cut off.
 */
export function answerAsGateway(
  response: ServerResponse,
  status: GatewayStatus,
  counter: TrafficCounter,
  { loadBalancer }: TrafficDimensions,
): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  counter.add(metrics[status], { loadBalancer })
  counter.add('HTTPCode_ELB_5XX_Count', { loadBalancer })
  const title = `${status} ${phrases[status]}`
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1>\r\n</body>\r\n</html>\r\n`
  response.writeHead(status, phrases[status], {
    server: 'awselb/2.0',
    'content-type': 'text/html',
    'content-length': Buffer.byteLength(body),
  })
  response.end(body)
}
