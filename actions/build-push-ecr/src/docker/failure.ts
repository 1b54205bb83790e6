import { oneLine } from '@ecs-release/core'
import type { IfExists } from '../look.ts'
import { dockerfileFailure } from './dockerfile-failure.ts'
import type { Explained } from './explained.ts'
import { FREE_THE_DISK, FULL_DISK } from './full-disk.ts'

/** What a failed build means for the user. */
export interface BuildFailure extends Explained {
  /** Another image has the tag for good. */
  tagTaken: boolean
  /** What may help without the user: to push again, with a new login if it was that. */
  again: 'no' | 'push' | 'login-and-push'
}

export interface Attempted {
  /** `HOST/NAME:TAG` that the build was to push. */
  image: string
  file: string | undefined
  /** Where the Dockerfile lies in the workspace, if it does. */
  dockerfile: string | undefined
  ifExists: IfExists
  /** The repository was created by this step, so the registry may not know it everywhere yet. */
  newRepository: boolean
}

interface Rule {
  pattern: RegExp
  explain(
    subject: Attempted & { registry: string; name: string; tag: string },
  ): [message: string, hint: string]
  again?: BuildFailure['again']
  tagTaken?: boolean
}

/** What to do about an immutable tag that names another image. */
export const TAKEN: Readonly<Record<Attempted['ifExists'], string>> = {
  reuse: 'Another job has pushed it meanwhile: run the step again to take that image.',
  rebuild:
    'An immutable tag cannot be pushed anew: leave out if-exists to take the image that is there, or give tags one line raw=TEXT in place of branch-sha and sha.',
  build:
    'It was not taken for this one, because no commit says what is built: have the context be a git checkout, or a URL with a full commit, or give tags one line raw=TEXT in place of branch-sha and sha.',
  fail: 'Another job has pushed it meanwhile: leave out if-exists to take that image.',
}

const PUSH_PERMISSIONS =
  'ecr:BatchCheckLayerAvailability, ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:PutImage and ecr:BatchGetImage'

/*
 * The status of an answer stands behind `: `, or `HTTP ` where its body was not understood. Anywhere else such digits may be those of an
 * account, a digest or a name.
 */

/** About the push, or the registry that is pushed to. Source: Amazon ECR User Guide, "Troubleshooting errors with Docker". */
const PUSH_RULES: readonly Rule[] = [
  {
    pattern: /NAME_UNKNOWN|name unknown|repository with name .* does not exist/i,
    explain: ({ name, registry }) => [
      `The repository ${name} does not exist in ${registry}`,
      'Create it (Terraform: aws_ecr_repository), or set create-repository: true.',
    ],
  },
  {
    pattern: /TAG_INVALID|tag invalid|cannot be overwritten/i,
    explain: ({ name, tag, ifExists }) => [
      `The tag ${tag} of ${name} exists and is immutable, and this build made another image`,
      TAKEN[ifExists],
    ],
    tagTaken: true,
  },
  {
    pattern: /token has expired/i,
    explain: ({ registry }) => [
      `${registry} says that the login has expired, also after a new one`,
      'Run aws-actions/configure-aws-credentials right before this step, and check the clock of the runner.',
    ],
    again: 'login-and-push',
  },
  {
    pattern: /401 Unauthorized|no basic auth credentials|authentication required/i,
    explain: ({ registry }) => [
      `${registry} did not accept the login of these credentials`,
      'Check that repository names the account and Region of the role that aws-actions/configure-aws-credentials assumed.',
    ],
    again: 'login-and-push',
  },
  {
    pattern: /403 Forbidden|\bdenied\b/i,
    explain: ({ name }) => [
      `AWS does not allow these credentials to push to ${name}`,
      `Allow ${PUSH_PERMISSIONS} on the repository, and ecr:GetAuthorizationToken on *.`,
    ],
    again: 'login-and-push',
  },
  {
    pattern: /(: |HTTP )429\b|toomanyrequests|too many requests|rate exceeded/i,
    explain: ({ registry }) => [
      `${registry} throttled the push in every attempt`,
      'Many jobs push at the same time: run the step again, or have the quotas of Amazon ECR raised.',
    ],
    again: 'push',
  },
  {
    pattern:
      /(: |HTTP )50[0234]\b|server error|connection reset|connection refused|broken pipe|\bEOF\b|i\/o timeout|TLS handshake|no such host/i,
    explain: ({ registry }) => [
      `${registry} could not be reached, or failed, in every attempt to push`,
      'Run the step again; if it persists, check network and proxy of the runner and the AWS Health Dashboard.',
    ],
    again: 'push',
  },
]

/** About the machine, whichever step was running. */
const MACHINE_RULES: readonly Rule[] = [
  {
    pattern: FULL_DISK,
    explain: () => ['The disk of the runner or of the builder is full', `To go on, ${FREE_THE_DISK}`],
  },
  {
    pattern: /cannot connect to the docker daemon|failed to connect to the docker API/i,
    explain: () => [
      'No Docker engine answers on this runner',
      'Use a runner with Docker such as ubuntu-latest, or set DOCKER_HOST to one that can be reached.',
    ],
  },
]

const TAIL = 80

/** Reads the end of what `docker buildx build` wrote; `output` is what the command that failed wrote last. */
export function explainFailure(
  lines: readonly string[],
  attempted: Attempted,
  output: readonly string[] = [],
): BuildFailure {
  const tail = lines.slice(-TAIL)
  const error =
    tail.findLast((line) => line.startsWith('ERROR: ')) ?? tail.find((line) => line.trim() !== '') ?? ''
  const subject = { ...attempted, ...partsOf(attempted.image) }
  const pushing = /failed to push|^ > (exporting|pushing)/m.test(tail.join('\n'))
  const rule = [...MACHINE_RULES, ...(pushing ? PUSH_RULES : [])].find(({ pattern }) => pattern.test(error))
  if (rule === undefined)
    return { ...dockerfileFailure({ ...attempted, tail, error, output }), again: 'no', tagTaken: false }
  const [message, hint] = rule.explain(subject)
  const unknownYet = attempted.newRepository && /NAME_UNKNOWN|name unknown|does not exist/i.test(error)
  const again = unknownYet ? 'push' : (rule.again ?? 'no')
  return { message: oneLine(message), hint, again, tagTaken: rule.tagTaken ?? false }
}

function partsOf(image: string): { registry: string; name: string; tag: string } {
  const [, registry = '', name = '', tag = ''] = /^([^/]+)\/(.+):([^:/]+)$/.exec(image) ?? []
  return { registry, name, tag }
}
