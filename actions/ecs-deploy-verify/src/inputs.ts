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
import { imageEditForm, parseImageEdit } from './image-edit.ts'

const image = form(imageEditForm, parseImageEdit)

/** The inputs of action.yml. */
export const inputs = spec({
  cluster: withDefault(text, 'default'),
  service: required(text, 'the name or ARN of the ECS service'),
  'task-definition': optional(text),
  images: optional(lines(image)),
  'force-new-deployment': withDefault(flag, 'false'),
  'desired-count': optional(wholeNumber({ min: 0 })),
  'wait-until': withDefault(oneOf('completed', 'started'), 'completed'),
  timeout: withDefault(duration(), '30m'),
  'log-lines': optional(wholeNumber({ min: 0, max: 10_000 })),
  'dry-run': withDefault(flag, 'false'),
  'aws-region': optional(text),
})

export type Inputs = InputsOf<typeof inputs>
