import { objectList } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import type { Service, ServiceRevision } from '../model.ts'
import { deploymentCompute } from './compute-view.ts'
import { seconds } from './seconds.ts'

/**
 * A service revision as DescribeServiceRevisions shows it; a digest is absent until the deployment has resolved it.
 * Source: Amazon ECS API Reference, "ServiceRevision"; ecs-model.md 3.8 and 5.7.
 */
export function serviceRevisionView(service: Service, revision: ServiceRevision): JsonObject {
  const { raw, taskDefinition, loadBalancers } = revision
  return present({
    serviceRevisionArn: revision.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    taskDefinition: taskDefinition.arn,
    ...deploymentCompute(raw),
    loadBalancers: loadBalancers.map((loadBalancer) => ({ ...loadBalancer })),
    serviceRegistries: raw.serviceRegistries ?? [],
    networkConfiguration: raw.networkConfiguration,
    serviceConnectConfiguration: raw.serviceConnectConfiguration,
    volumeConfigurations: raw.volumeConfigurations ?? [],
    vpcLatticeConfigurations: raw.vpcLatticeConfigurations ?? [],
    containerImages: objectList(taskDefinition.raw, 'containerDefinitions').map((container) =>
      containerImage(revision, container),
    ),
    guardDutyEnabled: false,
    createdAt: seconds(revision.createdAt),
    resolvedConfiguration: {
      loadBalancers: loadBalancers.map(({ targetGroupArn }) => ({ targetGroupArn })),
    },
  })
}

function containerImage(revision: ServiceRevision, { name, image }: JsonObject): JsonObject {
  return present({ containerName: name, image, imageDigest: revision.digests.get(String(name)) })
}
