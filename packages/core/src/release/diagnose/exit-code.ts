const known: ReadonlyMap<number, string> = new Map([
  [0, 'the program ended by itself, without an error'],
  [1, 'the program ended with an error'],
  [126, 'the command was found but cannot be executed: a missing permission or a wrong architecture'],
  [127, 'the command was not found in the image'],
  [134, 'the program aborted itself (SIGABRT)'],
  [137, 'killed by SIGKILL: out of memory, or still running when the stop time-out was over'],
  [139, 'the program crashed with a segmentation fault (SIGSEGV)'],
  [143, 'ended by SIGTERM: somebody asked it to stop'],
])

/** What an exit code says. Codes above 128 are 128 plus a signal's number, as container engines report them. */
export function explainExitCode(code: number): string {
  const meaning = known.get(code)
  if (meaning !== undefined) return meaning
  return code > 128 && code < 160
    ? `ended by signal ${code - 128}`
    : 'the program ended with an error of its own'
}
