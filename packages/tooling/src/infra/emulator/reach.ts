import type { Emulator } from './emulator.ts'
import { query } from './query.ts'

const VERSION = '2016-11-15'

const text = (xml: string, tag: string): string | undefined =>
  new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]

/**
 * Who may connect to whom in the account, as lines `SOURCE → GROUP:PORT` or `…:FROM-TO`, from the security groups that it
 * holds. A VPC's default group is named `default`; moto's lets nobody in before a rule is added.
 */
export async function reach(emulator: Emulator): Promise<string[]> {
  const groups = await query(emulator, 'ec2', 'DescribeSecurityGroups', VERSION)
  const names = new Map(
    [
      ...groups.matchAll(
        /security-group\/(sg-[^<]+)<\/securityGroupArn>[\s\S]*?<groupName>([^<]+)<\/groupName>/g,
      ),
    ].map(([, id, name]) => [id ?? '', name ?? '']),
  )
  const rules = await query(emulator, 'ec2', 'DescribeSecurityGroupRules', VERSION)
  return [
    ...rules.matchAll(
      /<item>\s*<securityGroupRuleId>[\s\S]*?<\/securityGroupRuleId>[\s\S]*?(?=<item>\s*<securityGroupRuleId>|<\/securityGroupRuleSet>)/g,
    ),
  ]
    .map(([item]) => item)
    .filter((item) => text(item, 'isEgress') === 'false')
    .map((item) => {
      const referenced = /<referencedGroupInfo>[\s\S]*?<groupId>([^<]+)/.exec(item)?.[1]
      const own =
        text(item.replace(/<referencedGroupInfo>[\s\S]*?<\/referencedGroupInfo>/, ''), 'groupId') ?? ''
      const source = referenced === undefined ? text(item, 'cidrIpv4') : names.get(referenced)
      const [from, to] = [text(item, 'fromPort'), text(item, 'toPort')]
      return `${source} → ${names.get(own)}:${from === to ? from : `${from}-${to}`}`
    })
    .sort()
}
