import { readdir, readFile } from 'node:fs/promises'

/**
 * Ends the processes that still carry the job's tracking id, as the runner does at the end of a job.
 * Where there is no /proc it does nothing.
 */
export async function endOrphans(trackingId: string): Promise<number[]> {
  const names = await readdir('/proc').catch(() => [])
  const orphans: number[] = []
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '')
    if (environment.split('\0').includes(`RUNNER_TRACKING_ID=${trackingId}`)) orphans.push(Number(name))
  }
  for (const pid of orphans) end(pid)
  return orphans
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended meanwhile.
  }
}
