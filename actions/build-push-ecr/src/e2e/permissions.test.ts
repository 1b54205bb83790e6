import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { describe, expect, test } from 'vitest'

const action = join(import.meta.dirname, '../..')
const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'b' }
const missing = await withoutDocker()

interface Permissions {
  statements: { resources: string[]; actions: Record<string, { unseen?: string }> }[]
  withoutPermission: Record<string, string>
}

const file = join(action, 'permissions.json')
const { statements, withoutPermission }: Permissions = JSON.parse(readFileSync(file, 'utf8'))
const listed = statements.flatMap(({ actions }) => Object.entries(actions))
const grants = statements.map(({ actions, resources }) => ({
  actions: Object.keys(actions),
  resources: resources.map((resource) =>
    resource.replace('REGION', 'us-east-1').replace('ACCOUNT', '111122223333').replace('REPOSITORY', 'web'),
  ),
}))

/** What the action and Docker asked of Amazon ECR and its registry, as IAM spells it. */
function asked({ ecr, server }: ImageJob): string[] {
  const requests = ecr.requests.all().map(({ operation }) => operation)
  const calls = server.calls.all().filter(({ userAgent }) => userAgent.includes('ecs-release-actions/'))
  const pushed = requests.filter((name) => name !== 'Ping' && name !== '').map((name) => `ecr:${name}`)
  return [...calls.flatMap(({ permissions }) => permissions), ...pushed]
}

describe.skipIf(missing !== undefined)('Docker: permissions', () => {
  test('each call has a statement, each statement a call or a reason, and the policy is enough', async () => {
    await using here = await imageJob(action, FILES)
    here.credentials.allowOnly(grants)
    const create = { repository: 'web', 'create-repository': 'true', scan: 'wait' }
    await using first = await here.step({ ...create, 'scan-on-push': 'false' })
    expect(first.conclusion, first.log).toBe('success')
    await using second = await here.step(create)
    expect(second.outputs.reused).toBe('true')
    await using third = await here.step({ ...create, labels: 'a=b', 'if-exists': 'rebuild' })
    expect(third.conclusion, third.log).toBe('success')
    const recorded = new Set(asked(here))
    const known = new Set([...listed.map(([name]) => name), ...Object.keys(withoutPermission)])
    expect([...recorded].filter((name) => !known.has(name))).toEqual([])
    const unseen = listed.filter(([name]) => !recorded.has(name))
    expect(unseen.filter(([, { unseen }]) => unseen === undefined)).toEqual([])
    expect(listed.filter(([name, { unseen }]) => unseen !== undefined && recorded.has(name))).toEqual([])
    expect(first.log + second.log + third.log).not.toContain('does not allow')
  })
})
