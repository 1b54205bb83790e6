import { expect, test } from 'vitest'
import { startEmulator } from './emulator/emulator.ts'
import { runBlocks, shellBlocks } from './shell-blocks.ts'

/** Those of the account and of GitHub; the first names one's own copy, and own-copy.act.test.ts runs it. */
const blocks = shellBlocks('action-docs/guides/first-deployment.md').filter(
  (block) => !block.startsWith('git '),
)

/** Notes what it is told, and nothing else. */
const gh = `printf '== gh %s\\n' "$*"`

test('the commands of the guide make two environments, and tell GitHub of each', async () => {
  await using emulator = await startEmulator()
  const image = blocks.findIndex((block) => block.includes('-var image=$IMAGE'))
  // "Then steps 5 to 7 for it": after the other environment is made, what tells Terraform of the image is run once more.
  const said = await runBlocks([...blocks, blocks[image] ?? ''], emulator, { gh })
  expect(blocks).toHaveLength(5)
  expect(said).toContain(`== block ${blocks.length + 1}\n`)

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
})
