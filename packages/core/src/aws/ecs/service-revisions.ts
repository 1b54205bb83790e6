import { DescribeServiceRevisionsCommand, type ECSClient } from '@aws-sdk/client-ecs'
import { call } from '../call.ts'
import { inChunks } from '../chunks.ts'
import type { ServiceRevision } from '../ecs-model.ts'
import { present } from '../present.ts'

/** The revisions that ECS knows, in the order of the ARNs; others are left out. */
export function describeServiceRevisions(
  ecs: ECSClient,
  arns: readonly string[],
): Promise<ServiceRevision[]> {
  return call('ecs:DescribeServiceRevisions', 'read the service revisions', () =>
    inChunks(arns, 20, async (serviceRevisionArns) => {
      const answer = await ecs.send(new DescribeServiceRevisionsCommand({ serviceRevisionArns }))
      const revisions = (answer.serviceRevisions ?? []).map((revision) => ({
        arn: present(revision.serviceRevisionArn, 'ServiceRevision.serviceRevisionArn'),
        taskDefinitionArn: present(revision.taskDefinition, 'ServiceRevision.taskDefinition'),
        containerImages: (revision.containerImages ?? []).map((image) => ({
          containerName: present(image.containerName, 'ContainerImage.containerName'),
          image: present(image.image, 'ContainerImage.image'),
          digest: image.imageDigest,
        })),
      }))
      return serviceRevisionArns.flatMap((arn) => revisions.find((revision) => revision.arn === arn) ?? [])
    }),
  )
}
