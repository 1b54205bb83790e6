import type { Emulator } from './emulator.ts'
import { signatureFor } from './signature.ts'

/** Does to the service what a release, autoscaling and alarm-setup do: another revision, another count, alarms. */
export async function release(emulator: Emulator, name: string): Promise<void> {
  const container = { name: 'app', image: 'released', cpu: 0, memory: 512, essential: true }
  const shape = {
    family: name,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    cpu: '256',
    memory: '512',
  }
  await call(emulator, 'RegisterTaskDefinition', { ...shape, containerDefinitions: [container] })
  await call(emulator, 'UpdateService', {
    cluster: name,
    service: name,
    taskDefinition: `${name}:2`,
    desiredCount: 5,
    deploymentConfiguration: {
      deploymentCircuitBreaker: { enable: true, rollback: true },
      maximumPercent: 200,
      minimumHealthyPercent: 100,
      alarms: { alarmNames: ['made-by-alarm-setup'], enable: true, rollback: true },
    },
  })
}

async function call(emulator: Emulator, action: string, parameters: object): Promise<void> {
  const headers = {
    ...signatureFor('ecs'),
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AmazonEC2ContainerServiceV20141113.${action}`,
  }
  const answer = await fetch(emulator.endpoint, { method: 'POST', headers, body: JSON.stringify(parameters) })
  if (!answer.ok) throw new Error(`${action}: ${answer.status} ${await answer.text()}`)
}
