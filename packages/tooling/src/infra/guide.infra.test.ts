import { expect, test } from 'vitest'
import { leftovers } from './emulator/account.ts'
import { startEmulator } from './emulator/emulator.ts'
import { runBlocks, shellBlocks } from './shell-blocks.ts'

/** Those of the account and of GitHub; the first names one's own copy, and own-copy.act.test.ts runs it. */
const blocks = shellBlocks('action-docs/guides/first-deployment.md').filter(
  (block) => !block.startsWith('git '),
)

/** The README's teardown: of an environment, and of what all of them share. */
const [endEnvironment = '', endShared = ''] = shellBlocks('example-infra/README.md').slice(-2)

/** Notes what it is told, and nothing else. */
const gh = `printf '== gh %s\\n' "$*"`

test('the commands of the guide make two environments, tell GitHub of each, and are undone by the teardown', async () => {
  await using emulator = await startEmulator()
  const left = await leftovers(emulator)
  const image = blocks.findIndex((block) => block.includes('-var image=$IMAGE'))
  // "Then steps 5 to 7 for it": after the other environment is made, what tells Terraform of the image is run once more.
  const built = [...blocks, blocks[image] ?? '']
  // dev owns the OIDC provider, and goes last.
  const ended = ['staging', 'dev'].map((name) => `export ENVIRONMENT=${name}\n${endEnvironment}`)
  const all = await runBlocks([...built, ...ended, endShared], emulator, { gh })
  expect(blocks).toHaveLength(5)
  const [said = '', undone = ''] = all.split(`== block ${built.length + 1}\n`)

  // Backend, registry, then network, service and the service with its image for each of two.
  const applies = [
    ...said.matchAll(/^Apply complete! Resources: (\d+) added, \d+ changed, (\d+) destroyed\./gm),
  ]
  // A template has a successor, which Terraform counts as destroyed.
  expect(applies.map(([, , destroyed]) => Number(destroyed))).toEqual([0, 0, 0, 0, 1, 0, 0, 1])

  const told = [...said.matchAll(/^== gh (.*)$/gm)].map(([, args]) => args)
  const role = (name: string): string => `arn:aws:iam::123456789012:role/orders-${name}`
  expect(told.filter((args) => args?.startsWith('variable set'))).toEqual([
    'variable set AWS_REGION --body us-east-1',
    `variable set AWS_BUILD_ROLE_ARN --body ${role('dev-build')}`,
    ...['dev', 'staging'].flatMap((name) => [
      `variable set AWS_DEPLOY_ROLE_ARN --env ${name} --body ${role(`${name}-deploy`)}`,
      `variable set ECS_CLUSTER --env ${name} --body orders-${name}`,
      `variable set ECS_SERVICE --env ${name} --body orders-${name}`,
    ]),
  ])
  expect(told).toContain(
    'api --method POST repos/{owner}/{repo}/environments/prod/deployment-branch-policies -f name=main',
  )

  // Network and service of two environments, the registry and the backend.
  expect(undone.match(/^Destroy complete! Resources: [1-9]\d* destroyed\.$/gm)).toHaveLength(6)
  // By other names than the guide's, the registry and the backend would be replaced before they are destroyed.
  const [, shared = ''] = undone.split(`== block ${built.length + ended.length + 1}\n`)
  expect(shared.match(/^Apply complete!.*/gm)).toEqual(
    [2, 1].map((changed) => `Apply complete! Resources: 0 added, ${changed} changed, 0 destroyed.`),
  )
  const kept = (await left()).map((each) => each.replace(/\/\d+$/, ''))
  expect([...new Set(kept)].sort()).toEqual(
    ['dev', 'staging'].map((name) => `ecs us-east-1 task_definitions orders-${name}`),
  )
})
