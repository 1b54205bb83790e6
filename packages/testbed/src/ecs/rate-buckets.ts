import type { Bucket } from '../wire/service.ts'

/** The operations of each category share one bucket. Source: API Reference, "Request throttling"; ecs-model.md 6.1. */
const categories: readonly { bucket: Bucket; operations: readonly string[] }[] = [
  category('service reads', 100, 20, ['DescribeServices', 'ListServices']),
  category('task reads', 100, 20, ['DescribeTasks', 'ListTasks']),
  category('service deployment reads', 50, 20, ['DescribeServiceDeployments', 'ListServiceDeployments']),
  category('service revision reads', 50, 20, ['DescribeServiceRevisions']),
  category('service changes', 50, 5, ['CreateService', 'UpdateService', 'DeleteService']),
  category('task definition changes', 20, 1, ['RegisterTaskDefinition', 'DeregisterTaskDefinition']),
  category('task definition reads', 50, 20, ['DescribeTaskDefinition', 'ListTaskDefinitions']),
  category('task changes', 100, 40, ['StopTask']),
  category('cluster reads', 50, 20, ['DescribeClusters']),
  category('cluster changes', 20, 1, ['CreateCluster', 'DeleteCluster']),
]

function category(
  name: string,
  burst: number,
  perSecond: number,
  operations: readonly string[],
): { bucket: Bucket; operations: readonly string[] } {
  return { bucket: { name, burst, perSecond }, operations }
}

/** The bucket of an ECS operation; none for StopServiceDeployment, which AWS's table leaves out. */
export function ecsBuckets(operation: string): readonly Bucket[] {
  return categories.filter(({ operations }) => operations.includes(operation)).map(({ bucket }) => bucket)
}
