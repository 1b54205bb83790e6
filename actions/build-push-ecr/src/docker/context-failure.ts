import { cut, type Explained } from './explained.ts'

/** A context that the builder could not get; undefined for another failure. Buildx words most of them as a missing Dockerfile. */
export function contextFailure(tail: readonly string[], why: string): Explained | undefined {
  const url =
    /(?:failed to fetch remote|error fetching default branch for repository) (\S+?):? git stderr/.exec(
      why,
    )?.[1]
  if (url !== undefined) {
    const said =
      tail.findLast((line) => /\bfatal: /.test(line))?.replace(/^.*\bfatal: /, '') ?? 'git does not say why'
    return {
      message: `context: the git repository ${withoutLogin(url)} cannot be read: ${cut(withoutLogin(said))}`,
      hint: 'Check the URL and what follows #, and that the builder reaches the host; for a private repository set secrets: GIT_AUTH_TOKEN=NAME_OF_ENV_VARIABLE.',
    }
  }
  if (/failed to read downloaded context/.test(why)) {
    return {
      message: `context: it cannot be downloaded: ${cut(withoutLogin(why.replace(/^.*failed to load cache key: /, '')))}`,
      hint: 'Check the URL, and that the builder reaches the host.',
    }
  }
  if (/ssh agent/i.test(why)) {
    return {
      message: 'context: a git URL over SSH needs an SSH agent, and SSH_AUTH_SOCK names none',
      hint: 'Use the https URL of the repository, or start an agent with the key before this step.',
    }
  }
  if (/unable to prepare context/.test(why)) {
    return {
      message: `context: ${cut(why)}`,
      hint: 'Set context to a folder of the workspace, and run actions/checkout before this step.',
    }
  }
  return undefined
}

function withoutLogin(text: string): string {
  return text.replace(/\/\/[^/@\s]+@/g, '//')
}
