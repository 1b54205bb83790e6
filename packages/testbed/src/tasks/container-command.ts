import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { basename, delimiter, join } from 'node:path'
import type { ContainerSpec } from './container.ts'

/** What stands in for the parts of an image that the testbed's images do not carry. */
export interface Machine {
  /** The Node that runs the containers. */
  node: string
  /** A directory that holds nothing but `node`. */
  nodeDirectory: string
  /** Where a shell and the like are found. */
  path: string
}

/** A program to be started on this machine. */
export interface ContainerCommand {
  file: string
  /** What the image calls it. */
  program: string
  arguments: string[]
  directory: string
  environment: Record<string, string>
}

/** A container's unpacked root with all that its processes have in common. */
export interface ContainerPlace {
  root: string
  directory: string
  environment: Record<string, string>
  machine: Machine
}

export async function containerPlace(spec: ContainerSpec, machine: Machine): Promise<ContainerPlace> {
  const root = await spec.image.unpack()
  const directory = join(root, spec.workingDirectory ?? spec.image.config.WorkingDir ?? '/')
  // Container engines create a working directory that the image does not have.
  await mkdir(directory, { recursive: true })
  return { root, directory, environment: environmentOf(spec, root, machine), machine }
}

/**
 * Entry point and command as Docker merges them: a task definition's entry point also drops the image's command.
 * undefined when neither names anything to run.
 */
export function mainCommand(spec: ContainerSpec, place: ContainerPlace): ContainerCommand | undefined {
  const { Entrypoint, Cmd } = spec.image.config
  const entryPoint = spec.entryPoint?.length ? spec.entryPoint : undefined
  const command = spec.command?.length ? spec.command : entryPoint ? [] : (Cmd ?? [])
  return commandIn(place, [...(entryPoint ?? Entrypoint ?? []), ...command])
}

/** A health check in the forms of a task definition: `CMD` and a list, `CMD-SHELL` and a line; or only a list. */
export function healthCommand(check: readonly string[], place: ContainerPlace): ContainerCommand | undefined {
  const [form, ...rest] = check
  if (form === 'CMD-SHELL') return commandIn(place, ['/bin/sh', '-c', rest.join(' ')])
  return commandIn(place, form === 'CMD' ? rest : check)
}

function commandIn(place: ContainerPlace, words: readonly string[]): ContainerCommand | undefined {
  const [program, ...rest] = words
  if (program === undefined) return undefined
  return {
    file: programIn(place, program),
    program,
    arguments: rest.map((word) => inRoot(place.root, word) ?? word),
    directory: place.directory,
    environment: place.environment,
  }
}

function programIn({ root, machine }: ContainerPlace, program: string): string {
  const inside = inRoot(root, program)
  if (inside !== undefined) return inside
  if (program === 'node' || (program.startsWith('/') && basename(program) === 'node')) return machine.node
  // What a base image would hold is the machine's; anything else is missing.
  return program.startsWith('/') && !/^(\/usr)?\/bin\//.test(program) ? join(root, program) : program
}

// The process sees the machine's `/`, so an absolute path is led to the image's where the image has such a file.
function inRoot(root: string, path: string): string | undefined {
  const inside = join(root, path)
  return path.startsWith('/') && path !== '/' && existsSync(inside) ? inside : undefined
}

/** Nothing of the testbed's own environment gets in but the path on which a shell is found. */
function environmentOf(spec: ContainerSpec, root: string, machine: Machine): Record<string, string> {
  const given: Record<string, string> = { HOME: root, PATH: '' }
  for (const assignment of spec.image.config.Env ?? []) {
    const [name = '', ...value] = assignment.split('=')
    given[name] = value.join('=')
  }
  Object.assign(given, spec.environment)
  const own = (given.PATH ?? '').split(delimiter).filter((entry) => entry !== '')
  const network = new URL('./task-network.mjs', import.meta.url)
  network.searchParams.set('address', spec.address)
  network.searchParams.set('testbed', String(process.pid))
  return {
    ...given,
    PATH: [machine.nodeDirectory, ...own.map((entry) => inRoot(root, entry) ?? entry), machine.path].join(
      delimiter,
    ),
    NODE_OPTIONS: `${given.NODE_OPTIONS ?? ''} --import=${network}`.trim(),
  }
}
