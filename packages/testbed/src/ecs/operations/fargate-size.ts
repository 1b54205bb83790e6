import { invalidParameter } from './refusals.ts'

/** The `cpu` and `memory` of a task, in CPU units and MiB, as strings the way AWS answers them. */
const units = {
  cpu: /^(\d*\.?\d+)\s*vcpu$/i,
  memory: /^(\d*\.?\d+)\s*gb$/i,
}

/** `1 vCPU` → `1024`, `0.5GB` → `512`; a number is written as text. Source: Developer Guide, "Task size". */
export function taskSize(kind: 'cpu' | 'memory', given: string): string {
  if (/^\d+$/.test(given)) return String(Number(given))
  const amount = units[kind].exec(given)?.[1]
  if (amount === undefined) throw invalidParameter(`Invalid '${kind}' setting for task.`)
  return String(Math.round(Number(amount) * 1024))
}

/** CPU units → the memory sizes that Fargate runs it with: least, most, step (MiB). 256 is a list of its own. */
const steps: Readonly<Record<string, readonly [number, number, number]>> = {
  512: [1024, 4096, 1024],
  1024: [2048, 8192, 1024],
  2048: [4096, 16_384, 1024],
  4096: [8192, 30_720, 1024],
  8192: [16_384, 61_440, 4096],
  16384: [32_768, 122_880, 8192],
}

/** Whether Fargate runs tasks of this size. Source: Developer Guide, "Task CPU and memory" on Fargate. */
export function isFargateSize(cpu: string, memory: string): boolean {
  if (cpu === '256') return ['512', '1024', '2048'].includes(memory)
  const range = steps[cpu]
  if (!range) return false
  const [least, most, step] = range
  const size = Number(memory)
  return size >= least && size <= most && (size - least) % step === 0
}
