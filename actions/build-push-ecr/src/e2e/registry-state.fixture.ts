import type { ImageJob } from '@ecs-release/testbed'

/** What a tag of the repository web names; undefined where there is no such tag. */
export async function digestOf({ images, ecr }: ImageJob, tag: string): Promise<string | undefined> {
  return (await images.resolve(`${ecr.host}/web:${tag}`).catch(() => undefined))?.digest
}

/** The names of the calls, from the given one on, that change something in the account. */
export function changes({ server }: ImageJob, from = 0): string[] {
  return server.calls
    .all()
    .slice(from)
    .map(({ operation }) => operation)
    .filter((name) => !/^(Describe|Get|List|BatchGet|BatchCheck)/.test(name))
}
