import {
  duration,
  flag,
  form,
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
import { earlyFailureForm, parseEarlyFailure } from './early-failure.ts'
import { imageEditForm, parseImageEdit } from './image-edit.ts'
import { modes, onlyLooks } from './mode.ts'
import { probeLine } from './probe-line.ts'
import { secretEdit, variableEdit } from './variable-edit.ts'

const image = form(imageEditForm, parseImageEdit)

const region = form('a Region such as eu-west-1', (name) =>
  /^[a-z]+(-[a-z]+)+-\d+$/.test(name) ? name : undefined,
)

/** The inputs of action.yml. */
export const inputs = spec(
  {
    mode: withDefault(oneOf(...modes), 'deploy'),
    cluster: withDefault(text, 'default'),
    service: required(text, 'the name or ARN of the ECS service'),
    'task-definition': optional(text),
    images: optional(lines(image)),
    'environment-variables': optional(lines(variableEdit)),
    secrets: optional(lines(secretEdit)),
    'force-new-deployment': withDefault(flag, 'false'),
    'desired-count': optional(wholeNumber({ min: 0 })),
    'wait-until': withDefault(oneOf('completed', 'started'), 'completed'),
    timeout: withDefault(duration({ min: 1 }), '30m'),
    'early-failure': withDefault(form(earlyFailureForm, parseEarlyFailure), '3'),
    'on-failure': withDefault(oneOf('rollback', 'fail'), 'rollback'),
    'on-cancel': withDefault(oneOf('ignore', 'rollback'), 'ignore'),
    concurrency: withDefault(oneOf('wait', 'fail', 'supersede'), 'wait'),
    proof: withDefault(oneOf('digest', 'off'), 'digest'),
    probes: optional(lines(probeLine)),
    'log-lines': optional(wholeNumber({ min: 0, max: 10_000 })),
    'dry-run': withDefault(flag, 'false'),
    'aws-region': optional(region),
  },
  onlyLooks,
)

export type Inputs = InputsOf<typeof inputs>
