import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { ActionError } from '@ecs-release/core'
import { enumerated } from '../enumeration.ts'
import { isUrl } from './commit.ts'
import { similar } from './similar.ts'
import { hasStage, stagesOf } from './stages.ts'

/** What a build reads. */
export interface SourceInputs {
  context: string
  file: string | undefined
  target: string | undefined
}

export interface Source {
  /** From the root of the workspace; undefined where the builder fetches it. */
  dockerfile: string | undefined
  /** All that the Dockerfile says, and the .dockerignore of its own; undefined where the builder fetches it. */
  instructions: readonly string[] | undefined
  /** The context, as long as the builder does not fetch it. */
  folder: string | undefined
}

const CHECKOUT = 'run actions/checkout before this step'
// Source: Docker, "Build context": git repositories and remote tarballs.
const REMOTE = /^(https?|git|ssh):\/\/|^[\w.-]+@[\w.-]+:|^github\.com\/|\.git(#.*)?$/

/**
 * Finds the Dockerfile of a local context, and refuses what is not there before anything is built or created. A remote context is
 * the builder's to fetch. Paths are those of the step, whose working directory is the workspace.
 */
export function findSource(inputs: SourceInputs): Source {
  const { context, file, target } = inputs
  if (kindOf(context) !== 'folder') {
    if (REMOTE.test(context)) return { dockerfile: undefined, instructions: undefined, folder: undefined }
    throw noContext(context)
  }
  if (isUrl(file)) return { dockerfile: undefined, instructions: undefined, folder: context }
  const dockerfile = existing(file ?? join(context, 'Dockerfile'))
  if (dockerfile === undefined) throw noDockerfile(context, file)
  const text = readFileSync(dockerfile, 'utf8')
  const stages = target === undefined ? undefined : stagesOf(text)
  if (stages !== undefined && target !== undefined && !hasStage(stages, target)) {
    const known =
      stages.names.length === 0 ? 'none of its stages has a name' : `it has ${enumerated(stages.names)}`
    throw new ActionError('invalid-input', `target: ${dockerfile} has no stage ${target}; ${known}`, {
      hint: 'Set target to one of them, or leave it out to build the last stage.',
    })
  }
  return { dockerfile, instructions: [text, ...ownIgnore(dockerfile)], folder: context }
}

/** It stands in place of that of the context. Source: Docker, "Build context", "Filename and location" of .dockerignore files. */
function ownIgnore(dockerfile: string): string[] {
  const path = `${dockerfile}.dockerignore`
  return kindOf(path) === 'file' ? [readFileSync(path, 'utf8')] : []
}

/** Buildx takes `dockerfile` where there is no `Dockerfile`. */
function existing(path: string): string | undefined {
  if (kindOf(path) === 'file') return path
  if (basename(path) !== 'Dockerfile') return undefined
  const lower = join(dirname(path), 'dockerfile')
  return kindOf(lower) === 'file' ? lower : undefined
}

function noContext(context: string): ActionError {
  const what = kindOf(context) === 'file' ? `${context} is a file` : `there is no folder ${context}`
  const near = nearTo(context, 'folder')
  return new ActionError('invalid-input', `context: ${what}${near}`, {
    hint: `Set context to a folder of the workspace or to the URL of a git repository, and ${CHECKOUT}.`,
  })
}

function noDockerfile(context: string, file: string | undefined): ActionError {
  if (file === undefined) {
    const where = context === '.' ? 'the workspace' : context
    return new ActionError(
      'invalid-input',
      `file: there is no Dockerfile in ${where}${nearTo(join(context, 'Dockerfile'), 'file')}`,
      {
        hint: `Set file to the path of the Dockerfile from the root of the workspace, and ${CHECKOUT}.`,
      },
    )
  }
  const inContext = join(context, file)
  const near = kindOf(inContext) === 'file' ? `; there is ${inContext}` : nearTo(file, 'file')
  const what = kindOf(file) === 'folder' ? `${file} is a folder` : `there is no ${file}`
  return new ActionError('invalid-input', `file: ${what}${near}`, {
    hint: `Set file to the path of the Dockerfile from the root of the workspace, not of the context, and ${CHECKOUT}.`,
  })
}

/** `; there is docker/Dockerfile.prod`, or nothing. */
function nearTo(path: string, kind: 'file' | 'folder'): string {
  const folder = dirname(path)
  const dockerfiles = kind === 'file' ? entries(folder).filter((name) => /dockerfile/i.test(name)) : []
  const found = [...new Set([...similar(basename(path), entries(folder)), ...dockerfiles])]
    .map((name) => join(folder, name))
    .filter((candidate) => kindOf(candidate) === kind)
  return found.length === 0 ? '' : `; there is ${enumerated(found.slice(0, 5))}`
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder).toSorted()
  } catch {
    return []
  }
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    const found = statSync(path)
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : undefined
  } catch {
    return undefined
  }
}
