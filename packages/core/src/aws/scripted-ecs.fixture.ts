import { ECSClient } from '@aws-sdk/client-ecs'
import { type Answer, type Received, scriptedEndpoint } from './scripted-endpoint.fixture.ts'

export interface ScriptedEcs extends AsyncDisposable {
  ecs: ECSClient
  /** What was called, with the decoded request. */
  inputs(): [operation: string, input: Record<string, unknown>][]
}

/** For tests: an ECS client whose endpoint answers as it is told. */
export async function scriptedEcs(
  answer: (received: Received, index: number) => Answer,
): Promise<ScriptedEcs> {
  const endpoint = await scriptedEndpoint(answer)
  return {
    ecs: new ECSClient(endpoint.config),
    inputs: () => endpoint.received.map(({ operation, body }) => [operation, JSON.parse(body)]),
    [Symbol.asyncDispose]: () => endpoint[Symbol.asyncDispose](),
  }
}
