import { type HealthCheck, parseMatcher } from '../balancer/health-check.ts'
import { flag, object, optionalText } from '../wire/input.ts'
import type { JsonObject } from '../wire/json.ts'
import { invalid, notModelled } from './errors.ts'
import { numberWithin, oneOf } from './fields.ts'

/** Of an Application Load Balancer's ip and instance targets. Source: "Health checks for ALB target groups". */
export const defaultHealthCheck: HealthCheck = {
  port: 'traffic-port',
  path: '/',
  intervalSeconds: 30,
  timeoutSeconds: 5,
  healthyThreshold: 5,
  unhealthyThreshold: 2,
  matcher: '200',
}

function healthCheckPort(input: JsonObject): HealthCheck['port'] | undefined {
  const port = optionalText(input, 'HealthCheckPort')
  if (port === undefined || port === 'traffic-port') return port
  if (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535) return Number(port)
  throw invalid(`Health check port '${port}' must be 'traffic-port' or in the range 1-65535`)
}

function healthCheckPath(input: JsonObject): string | undefined {
  const path = optionalText(input, 'HealthCheckPath')
  if (path === undefined) return undefined
  if (!path.startsWith('/')) throw invalid(`Health check path '${path}' must begin with a forward slash (/)`)
  if (path.length > 1_024) throw invalid('Health check path cannot be longer than 1024 characters')
  return path
}

function matcher(input: JsonObject): string | undefined {
  const given = object(input, 'Matcher')
  if (given === undefined) return undefined
  if (optionalText(given, 'GrpcCode') !== undefined) throw notModelled('gRPC target groups')
  const codes = optionalText(given, 'HttpCode')
  if (codes !== undefined && parseMatcher(codes) === undefined) {
    throw invalid(`Health check matcher HTTP code '${codes}' must be within '200-499' inclusive`)
  }
  return codes
}

/** The health check after a Create or Modify call: `current` with what the call names. */
export function readHealthCheck(input: JsonObject, current: HealthCheck): HealthCheck {
  if (flag(input, 'HealthCheckEnabled') === false) {
    throw invalid('Health check enabled must be true for target groups with target type ip or instance')
  }
  if ((oneOf(input, 'HealthCheckProtocol', ['HTTP', 'HTTPS']) ?? 'HTTP') !== 'HTTP') {
    throw notModelled('health checks over HTTPS')
  }
  const check: HealthCheck = {
    port: healthCheckPort(input) ?? current.port,
    path: healthCheckPath(input) ?? current.path,
    intervalSeconds: numberWithin(input, 'HealthCheckIntervalSeconds', 5, 300) ?? current.intervalSeconds,
    timeoutSeconds: numberWithin(input, 'HealthCheckTimeoutSeconds', 2, 120) ?? current.timeoutSeconds,
    healthyThreshold: numberWithin(input, 'HealthyThresholdCount', 2, 10) ?? current.healthyThreshold,
    unhealthyThreshold: numberWithin(input, 'UnhealthyThresholdCount', 2, 10) ?? current.unhealthyThreshold,
    matcher: matcher(input) ?? current.matcher,
  }
  if (check.timeoutSeconds >= check.intervalSeconds) {
    throw invalid('Health check interval must be greater than the timeout.')
  }
  return check
}
