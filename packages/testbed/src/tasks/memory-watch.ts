import { readFileSync } from 'node:fs'

/** How often a process is measured, in milliseconds: it may use more for that long, where the kernel of Fargate's host would not let it. */
const period = 100

const pageBytes = 4096

/** Calls `exceeded` once when a process's resident memory is above the limit. Measures on Linux only. */
export function watchMemory(pid: number, limitMiB: number, exceeded: () => void): Disposable {
  const timer = setInterval(() => {
    const used = residentBytes(pid)
    if (used === undefined || used <= limitMiB * 1024 * 1024) return
    clearInterval(timer)
    exceeded()
  }, period)
  timer.unref()
  return { [Symbol.dispose]: () => clearInterval(timer) }
}

/** undefined for a process that is gone, and where there is no /proc. Source: proc_pid_statm(5), second field, in pages. */
function residentBytes(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes
  } catch {
    return undefined
  }
}
