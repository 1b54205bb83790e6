import { execFileSync } from 'node:child_process'

/** The name of a later commit of the files as they are, made at that time. */
export function commitAt(workspace: string, time: string): string {
  const who = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', '-c', 'commit.gpgsign=false']
  const env = { ...process.env, GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time }
  const git = (...args: string[]) =>
    execFileSync('git', [...who, '-C', workspace, ...args], { encoding: 'utf8', env }).trim()
  git('commit', '-q', '--all', '--allow-empty', '-m', 'Change something or nothing')
  return git('rev-parse', 'HEAD')
}

/** Has a checkout show another commit. */
export function checkOut(workspace: string, commit: string): void {
  execFileSync('git', ['-C', workspace, 'checkout', '-q', '--detach', commit])
}
