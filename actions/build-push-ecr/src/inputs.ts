import {
  duration,
  flag,
  type InputsOf,
  lines,
  oneOf,
  optional,
  required,
  spec,
  text,
  wholeNumber,
  withDefault,
} from '@ecs-release/core/action'
import { extraArgument } from './extra-argument.ts'
import { buildArgument, label, platform, secret, strategy, tagPattern } from './input-forms.ts'
import { reference, repositoryName } from './repository/reference.ts'

/** The inputs of action.yml. */
export const inputs = spec({
  repository: required(reference, 'the name or the URI of the ECR repository'),
  'aws-region': optional(text),
  context: withDefault(text, '.'),
  file: optional(text),
  target: optional(text),
  platforms: optional(lines(platform)),
  'build-args': optional(lines(buildArgument)),
  secrets: optional(lines(secret)),
  labels: optional(lines(label)),
  tags: withDefault(lines(strategy), 'branch-sha\nsha\nlatest\nrun-number\nbranch'),
  'latest-branch': optional(text),
  cache: withDefault(oneOf('registry', 'inline', 'off'), 'registry'),
  'cache-repository': optional(repositoryName),
  'if-exists': withDefault(oneOf('reuse', 'rebuild', 'fail'), 'reuse'),
  'create-repository': withDefault(flag, 'false'),
  'tag-mutability': withDefault(oneOf('MUTABLE', 'IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'), 'MUTABLE'),
  'mutable-tags': withDefault(lines(tagPattern), 'latest'),
  'scan-on-push': withDefault(flag, 'true'),
  'lifecycle-keep': withDefault(wholeNumber({ min: 1, max: 10_000 }), '10'),
  scan: withDefault(oneOf('off', 'wait'), 'off'),
  'fail-on-severity': withDefault(oneOf('critical', 'high', 'medium', 'low', 'informational'), 'high'),
  'scan-timeout': withDefault(duration({ min: 1 }), '5m'),
  push: withDefault(flag, 'true'),
  load: withDefault(flag, 'false'),
  pull: withDefault(flag, 'false'),
  'no-cache': withDefault(flag, 'false'),
  'extra-args': optional(lines(extraArgument)),
  'dry-run': withDefault(flag, 'false'),
})

export type Inputs = InputsOf<typeof inputs>
