import { buildImage, type OciImage } from '@ecs-release/testbed'

/** The port of the app's portMapping. */
export const containerPort = 8080

/** What is wrong with a version, or what it says. All of it is built into the image. */
export interface Version {
  /**
   * `exit` ends at once with exit code 3; `health` answers 503; `port` listens where nobody looks; `hang` accepts and does not
   * answer; `hoard` takes 320 MiB of memory; `slow` does not listen for its first 10 seconds of real time.
   */
  fault?: 'exit' | 'health' | 'port' | 'hang' | 'hoard' | 'slow'
  /** A port that the image declares. */
  exposes?: number
  /** What it writes on start, line by line; one that exits says that it starts, as a step waits a while for the last words of a silent one. */
  says?: readonly string[]
  /** A script, /app/start, that the image runs in place of the app itself. */
  script?: string
  /** As images name it; `amd64` unless it says more. */
  architecture?: 'amd64' | 'arm64'
}

const source = `
import { createServer } from 'node:http'
const { FAULT = '', SAYS = '[]' } = process.env
for (const line of JSON.parse(SAYS)) console.log(line)
if (FAULT === 'exit') process.exit(3)
process.on('SIGTERM', () => process.exit(0))
const status = FAULT === 'health' ? 503 : 200
const server = createServer((_, response) => FAULT === 'hang' || response.writeHead(status).end())
setTimeout(() => server.listen(FAULT === 'port' ? 9999 : ${containerPort}), FAULT === 'slow' ? 10_000 : 0)
globalThis.held = FAULT === 'hoard' ? Buffer.alloc(320 * 1024 * 1024, 1) : undefined
`

/** An image of a small HTTP app. `name` makes the digest differ from that of other versions. */
export function appImage(
  name: string,
  {
    fault,
    says = fault === 'exit' ? ['starting'] : [],
    architecture = 'amd64',
    exposes,
    script,
  }: Version = {},
): Promise<OciImage> {
  const variables = { VERSION: name, FAULT: fault ?? '', SAYS: JSON.stringify(says) }
  return buildImage({
    architecture,
    files: { 'app/server.mjs': source, ...(script !== undefined && { 'app/start': script }) },
    config: {
      Cmd: script === undefined ? ['node', 'server.mjs'] : ['/app/start'],
      WorkingDir: '/app',
      ...(exposes !== undefined && { ExposedPorts: { [`${exposes}/tcp`]: {} } }),
      Env: Object.entries(variables).map(([variable, value]) => `${variable}=${value}`),
    },
  })
}
