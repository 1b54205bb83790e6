/**
 * A service event, or a reason with the same wording, short enough for a line of the log: without the service, which is always
 * the one that is deployed, and with target groups by name. Source: Amazon ECS, "Amazon ECS service event messages".
 */
export function shortEvent(message: string): string {
  return message
    .replace(/^\(service [^)]*\) /, '')
    .replace(/\barn:[\w-]+:elasticloadbalancing:[^\s)]*:targetgroup\/([^/\s)]+)\/[^\s)]+/g, '$1')
}

/** `arn:…:targetgroup/orders/0123456789abcdef` → `orders` */
export function targetGroupName(arn: string): string {
  return /:targetgroup\/([^/]+)\//.exec(arn)?.[1] ?? arn
}
