import type { JsonObject, JsonValue } from '@ecs-release/testbed'
import fc from 'fast-check'

/** Any text that JSON can carry, with what trips quoting and templating. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
  fc.constantFrom('a=b==', '0', 'true', 'null', '$X', '"quoted"', 'two\nlines', '::error::x', '€ ü 𝄞'),
)

const leaf: fc.Arbitrary<JsonValue> = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(1.5))

/** A value of a member that no SDK knows: nested objects and lists, some of them empty. */
const { unknown } = fc.letrec<{ unknown: JsonValue }>((tie) => ({
  unknown: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.array(tie('unknown'), { maxLength: 3 }),
    fc.dictionary(fc.stringMatching(/^[a-z][A-Za-z]{0,9}$/), tie('unknown'), { maxKeys: 3 }),
  ),
}))

/** Members that no SDK knows. */
const unknownMembers: fc.Arbitrary<JsonObject> = fc.dictionary(
  fc.stringMatching(/^future[A-Z][A-Za-z]{0,9}$/),
  unknown,
  { maxKeys: 3 },
)

/** Names of variables; a fixed choice lets edits meet what is there. */
export const variableName: fc.Arbitrary<string> = fc.constantFrom('A', 'B', 'C', 'LOG_LEVEL', 'spring.port')

export const secretArn: fc.Arbitrary<string> = fc
  .stringMatching(/^[a-z]{1,9}$/)
  .map((name) => `arn:aws:secretsmanager:us-east-1:111122223333:secret:${name}`)

/** Each name is a variable, a secret, or neither. */
const variables: fc.Arbitrary<JsonObject> = fc
  .dictionary(
    variableName,
    fc.oneof(
      text.map((value) => ({ value })),
      secretArn.map((valueFrom) => ({ valueFrom })),
    ),
  )
  .map((all): JsonObject => {
    const entries = Object.entries(all).map(([name, entry]) => ({ name, ...entry }))
    const environment = entries.filter((entry) => 'value' in entry)
    const secrets = entries.filter((entry) => 'valueFrom' in entry)
    return { environment, secrets }
  })

const knownMembers = fc.record<JsonObject>(
  {
    cpu: fc.constantFrom(0, 32, 64),
    memoryReservation: fc.constantFrom(64, 128),
    essential: fc.constant(true),
    command: fc.array(text, { maxLength: 3 }),
    dockerLabels: fc.dictionary(fc.stringMatching(/^[a-z.]{1,9}$/), text, { maxKeys: 3 }),
    healthCheck: fc.record<JsonObject>(
      { command: fc.constant(['CMD', 'true']), retries: fc.integer({ min: 1, max: 10 }) },
      { requiredKeys: ['command'] },
    ),
    ulimits: fc.constant([{ name: 'nofile', softLimit: 1024, hardLimit: 4096 }]),
    mountPoints: fc.constant([{ sourceVolume: 'data', containerPath: '/data', readOnly: true }]),
    stopTimeout: fc.integer({ min: 2, max: 120 }),
    linuxParameters: fc.constant({ capabilities: { add: [], drop: ['ALL'] }, initProcessEnabled: true }),
    user: fc.constant('1000:1000'),
    versionConsistency: fc.constant('disabled'),
  },
  { requiredKeys: [] },
)

function container(image: string): fc.Arbitrary<JsonObject> {
  const ports = fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { maxLength: 3 })
  return fc
    .record({
      name: fc.stringMatching(/^[a-z][a-z0-9_-]{0,9}$/),
      ports,
      known: knownMembers,
      variables,
      unknown: unknownMembers,
    })
    .map(({ known, name, ports: mapped, unknown: future, variables: own }) => ({
      ...future,
      ...known,
      ...own,
      name,
      image,
      portMappings: mapped.map((containerPort) => ({ containerPort })),
    }))
}

/** Task definitions for Fargate with members that everybody knows, and some that nobody does. Every container has the same image. */
export function taskDefinitions(family: string, image: string): fc.Arbitrary<JsonObject> {
  const known = fc.record<JsonObject>(
    {
      taskRoleArn: fc.constantFrom('arn:aws:iam::111122223333:role/task', 'jobs/task'),
      runtimePlatform: fc.constant({ cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' }),
      ephemeralStorage: fc.record({ sizeInGiB: fc.integer({ min: 21, max: 200 }) }),
      pidMode: fc.constant('task'),
      proxyConfiguration: fc.constant({
        type: 'APPMESH',
        containerName: 'envoy',
        properties: [{ name: 'AppPorts', value: '8080' }],
      }),
    },
    { requiredKeys: [] },
  )
  const containers = fc.uniqueArray(container(image), {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => String(name),
  })
  const executionRoleArn = fc.constantFrom(
    'arn:aws:iam::111122223333:role/ecsTaskExecutionRole',
    'ecsTaskExecutionRole',
  )
  const size = fc.constantFrom(['256', '512'], ['0.25 vCPU', '1 GB'], ['1024', '2048'])
  return fc
    .record({ known, containers, executionRoleArn, size, unknown: unknownMembers })
    .map(
      ({
        containers: all,
        executionRoleArn: role,
        known: members,
        size: [cpu = '', memory = ''],
        unknown: future,
      }) => ({
        ...future,
        ...members,
        family,
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        cpu,
        memory,
        executionRoleArn: role,
        volumes: [{ name: 'data' }],
        containerDefinitions: all,
      }),
    )
}
