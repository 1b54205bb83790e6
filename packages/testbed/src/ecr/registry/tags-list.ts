import { RegistryError } from './registry-error.ts'
import { type RegistryCall, type RegistryReply, textReply } from './reply.ts'

/** Tags in pages, by name [order and default size assumed], with an absolute link to the next page. */
export function listTags({ ecr, repository, query }: RegistryCall): RegistryReply {
  const max = Number(query.get('n') ?? 100)
  if (!Number.isInteger(max) || max < 1 || max > 1000) {
    const constraint = 'Member must have value less than or equal to 1000'
    const text = `Invalid parameter at 'maxResults' failed to satisfy constraint: '${constraint}'`
    throw new RegistryError(405, 'UNSUPPORTED', text)
  }
  const last = query.get('last') ?? ''
  const rest = [...repository.tags.keys()].sort().filter((tag) => tag > last)
  const tags = rest.slice(0, max)
  const next = new URLSearchParams({ n: String(max), last: tags.at(-1) ?? '' })
  const link = `<http://${ecr.host}/v2/${repository.name}/tags/list?${next}>; rel="next"`
  return textReply({ name: repository.name, tags }, rest.length > max ? { link } : {})
}
