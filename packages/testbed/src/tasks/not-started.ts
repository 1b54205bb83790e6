/** What container runtimes say of a program that they cannot run. The ECS agents put their own words before it. */
const beginning =
  'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process:'

/** `program` as the image or the task definition names it; `problem` as the operating system answered. */
export function whyNotStarted(program: string, { code, message }: NodeJS.ErrnoException): string {
  return `${beginning} exec: "${program}": ${cause(program, code) ?? message}: unknown`
}

/** A name is looked for in the PATH, a path is looked at. */
function cause(program: string, code: string | undefined): string | undefined {
  if (code === 'EACCES') return 'permission denied'
  if (code !== 'ENOENT') return undefined
  return program.includes('/')
    ? `stat ${program}: no such file or directory`
    : 'executable file not found in $PATH'
}

/** The same of an engine, which puts words of its own before them. */
export function runtimeMessage(said: string): string {
  return said.replace(/^failed to create task for container: /, '')
}
