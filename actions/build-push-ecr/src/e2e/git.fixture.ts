import { execFileSync } from 'node:child_process'

const WHO = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', '-c', 'commit.gpgsign=false']

/** What git says in that checkout. */
export function git(workspace: string, ...args: string[]): string {
  return execFileSync('git', [...WHO, '-C', workspace, ...args], { encoding: 'utf8' }).trim()
}

/** The name of a later commit of the files as they are, made at that time. */
export function commitAt(workspace: string, time: string): string {
  const env = { ...process.env, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time }
  const message = 'Change something or nothing'
  execFileSync('git', [...WHO, '-C', workspace, 'commit', '-q', '--all', '--allow-empty', '-m', message], {
    env,
  })
  return git(workspace, 'rev-parse', 'HEAD')
}

/** Has a checkout show another commit. */
export function checkOut(workspace: string, commit: string): void {
  git(workspace, 'checkout', '-q', '--detach', commit)
}
