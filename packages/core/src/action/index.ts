export { parseDuration } from '../time/duration.ts'
export type { ActionContext, ActionResult, Main, Post, PostContext } from './action.ts'
export {
  ActionError,
  type ActionErrorOptions,
  type ErrorCode,
  type Excerpt,
  type SourceLine,
} from './action-error.ts'
export { describeFailure, headline } from './failure.ts'
export { codeBlock, html, inert, markdown, oneLine, outputText, plain } from './foreign-text.ts'
export {
  duration,
  flag,
  form,
  type Kind,
  lines,
  oneOf,
  type Parsed,
  text,
  wholeNumber,
} from './input-kinds.ts'
export { githubLog, type Log } from './log.ts'
export { type Action, runAction } from './run-action.ts'
export {
  type Environment,
  type Input,
  type InputsOf,
  optional,
  required,
  type Spec,
  spec,
  type Together,
  withDefault,
} from './spec.ts'
export { code, link, newSummary, SUMMARY_BUDGET, type Summary, type Text } from './summary.ts'
