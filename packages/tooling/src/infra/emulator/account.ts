import type { Emulator } from './emulator.ts'
import { query } from './query.ts'

/** What moto keeps of things that are gone, and what is nobody's to delete. */
const remains: readonly RegExp[] = [
  // Tags by the id of what carried them, and the network ACL that came with a VPC.
  /^ec2 \S+ (tags|network_acls) /,
  // The interface of a NAT gateway that is gone. The stacks make no interfaces themselves.
  /^ec2 \S+ enis /,
  // The settings that every registry has.
  /^ecr \S+ registry_scanning_configuration /,
  // A certificate's request, a database's history, and a table of moto's own classes.
  /^acm \S+ idempotency_tokens /,
  /^rds \S+ (events|resource_map) /,
  // The account's key aws/rds, which AWS makes when it is first needed and keeps. The stacks make no keys.
  /^kms \S+ keys /,
]

/** Asks every service for something, so that moto makes what a new account has from the start (its default VPC, for one). */
async function wake(emulator: Emulator): Promise<void> {
  for (const [service, action, version] of [
    ['ec2', 'DescribeVpcs', '2016-11-15'],
    ['rds', 'DescribeDBInstances', '2014-10-31'],
    ['sns', 'ListTopics', '2010-03-31'],
    ['iam', 'ListRoles', '2010-05-08'],
    ['monitoring', 'DescribeAlarms', '2010-08-01'],
  ]) {
    await query(emulator, service ?? '', action ?? '', version ?? '')
  }
}

/** Notes what a new account holds, and returns a function that lists what it holds beside that. */
export async function leftovers(emulator: Emulator): Promise<() => Promise<string[]>> {
  await wake(emulator)
  const fresh = new Set(await emulator.inventory())
  return async () =>
    (await emulator.inventory()).filter(
      (line) => !fresh.has(line) && !remains.some((pattern) => pattern.test(line)),
    )
}
