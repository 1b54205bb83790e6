import { execFileSync } from 'node:child_process'

const WHO = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', '-c', 'commit.gpgsign=false']

/** What git says in that checkout. */
export function git(workspace: string, ...args: string[]): string {
  return execFileSync('git', [...WHO, '-C', workspace, ...args], { encoding: 'utf8' }).trim()
}
