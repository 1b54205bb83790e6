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

/** What exit codes say of a container whose task ECS or a person told to stop. */
const afterAnOrder: ReadonlyMap<number, string> = new Map([
  [0, 'it was told to stop and ended cleanly'],
  [137, 'it was told to stop and killed when the stop time-out was over'],
  [143, 'it was told to stop and let SIGTERM end it'],
])

const orders: readonly (string | undefined)[] = ['ServiceSchedulerInitiated', 'UserInitiated']

/** What an exit code says of a container in a task with that stop code. */
export function explainDeath(code: number, stopCode: string | undefined): string {
  const ordered = orders.includes(stopCode) ? afterAnOrder.get(code) : undefined
  return ordered ?? explainExitCode(code)
}

/** What an exit code says. Codes above 128 are 128 plus a signal's number, as container engines report them. */
export function explainExitCode(code: number): string {
  const meaning = known.get(code)
  if (meaning !== undefined) return meaning
  return code > 128 && code < 160
    ? `ended by signal ${code - 128}`
    : 'the program ended with an error of its own'
}
