import type {
  $Command,
  ECSClient,
  ECSClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes,
} from '@aws-sdk/client-ecs'
import { type JsonObject, parseJsonObject } from './json.ts'
import { present } from './present.ts'

type EcsCommand<Input extends ServiceInputTypes, Output extends ServiceOutputTypes> = $Command<
  Input,
  Output,
  ECSClientResolvedConfig,
  ServiceInputTypes,
  ServiceOutputTypes
>

/**
 * Sends a command and answers the JSON that arrived, members included that this SDK's model does not know: the SDK drops
 * them silently. With `body`, that is sent in place of the command's own input, for the same reason. Endpoint, signing,
 * retries and errors are the SDK's.
 */
export async function sendRaw<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
  ecs: ECSClient,
  command: EcsCommand<Input, Output>,
  body?: JsonObject,
): Promise<JsonObject> {
  if (body !== undefined) {
    const text = JSON.stringify(body)
    command.middlewareStack.add(
      (next) => (args) => {
        replaceBody(args.request, text)
        return next(args)
      },
      // Before the step that signs. The length is computed in this step too, from the body that it finds.
      { step: 'build', priority: 'high', name: 'rawRequestBody' },
    )
  }
  let answer: string | undefined
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      answer = await takeBody(result.response)
      return result
    },
    // Low priority is nearest to the network, so this runs before the SDK reads the body.
    { step: 'deserialize', priority: 'low', name: 'rawResponseBody' },
  )
  await ecs.send(command)
  return present(parseJsonObject(present(answer, 'a body')), 'a JSON object in its body')
}

function replaceBody(request: unknown, text: string): void {
  if (isMessage(request)) request.body = text
}

/** Reads the body as text and leaves the same bytes for the SDK. */
async function takeBody(response: unknown): Promise<string | undefined> {
  if (!isMessage(response) || !isReadable(response.body)) return undefined
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  response.body = bytes
  return bytes.toString('utf8')
}

function isMessage(value: unknown): value is { body: unknown } {
  return typeof value === 'object' && value !== null && 'body' in value
}

function isReadable(value: unknown): value is AsyncIterable<Uint8Array> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}
