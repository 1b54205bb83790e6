/** Something in the repository that breaks one of its rules. */
export interface Problem {
  /** Relative to the repository's root. */
  file: string
  line?: number
  /** What is wrong and what to do about it. */
  message: string
}

/** `file:line: message`, as editors and terminals make a link of. */
export function describe({ file, line, message }: Problem): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`
}
