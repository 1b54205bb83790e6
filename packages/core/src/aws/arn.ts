/** `arn:partition:service:region:account:resource`; the resource may hold colons and slashes. */
export interface Arn {
  partition: string
  service: string
  /** Empty for global services. */
  region: string
  accountId: string
  resource: string
}

/** Source: AWS, "Amazon Resource Names". Undefined for text of another form. */
export function parseArn(text: string): Arn | undefined {
  const [prefix, partition, service, region, accountId, ...rest] = text.split(':')
  const resource = rest.join(':')
  if (prefix !== 'arn' || !partition || !service || region === undefined || accountId === undefined)
    return undefined
  return resource === '' ? undefined : { partition, service, region, accountId, resource }
}

export function formatArn({ partition, service, region, accountId, resource }: Arn): string {
  return ['arn', partition, service, region, accountId, resource].join(':')
}

/** The last part of an ARN, which is the name or id in ECS's ARNs; other text comes back as it is. */
export function nameInArn(arn: string): string {
  return parseArn(arn)?.resource.split('/').at(-1) ?? arn
}
