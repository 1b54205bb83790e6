import { oneLine } from '../../../action/foreign-text.ts'
import type { Finding, FindingCode } from '../../finding.ts'

/** What is said about a cause: by the step that fails, with `{names}` filled in, and by the guide, with the names as they stand. */
export interface FindingText {
  code: FindingCode
  /** What a person sees first; the heading of the guide's section. */
  symptom: string
  /** Why that happens, in one to three sentences. */
  meaning: string
  cases: Readonly<Record<string, FindingCase>>
}

/** One way in which the cause shows. */
export interface FindingCase {
  /** One line, with the names that matter. */
  cause: string
  /** One or two sentences. */
  remedy: string
}

type Name<Text extends string> = Text extends `${string}{${infer First}}${infer Rest}`
  ? First | Name<Rest>
  : never

/** A value for each name in a case's texts. */
export type Values<Case extends FindingCase> = Readonly<
  Record<Name<Case['cause'] | Case['remedy']>, string | number>
>

/** A finding in the words of a case. Values may be foreign: they come out as one line. */
export function finding<Case extends FindingCase>(
  { code }: Pick<FindingText, 'code'>,
  { cause, remedy }: Case,
  values: Values<Case>,
  evidence: readonly string[],
): Finding {
  const filled = new Map(Object.entries<string | number>(values))
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (whole, name) => oneLine(String(filled.get(name) ?? whole)))
  return { code, cause: fill(cause), remedy: fill(remedy), evidence }
}
