import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ActionRun, ImageJob } from '@ecs-release/testbed'
import { commitAt, git } from './git.fixture.ts'

export const FILES = { Dockerfile: 'FROM scratch\nCOPY b /b\n', b: 'one' } as const

/** A repository with one commit of these files, made at that time; returns the commit. */
export function newRepository(folder: string, files: Readonly<Record<string, string>>, time: string): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  git(folder, 'init', '-q', '-b', 'main')
  git(folder, 'add', '.')
  return commitAt(folder, time)
}

/** A change that is not committed. */
export function change(folder: string, text: string): void {
  writeFileSync(join(folder, 'b'), text)
}

/** A workspace that is no checkout itself. */
export function plainWorkspace({ home }: ImageJob): string {
  const workspace = join(home, '..', 'plain')
  mkdirSync(workspace)
  return workspace
}

/** Of the image that a step pushed. */
export async function labelsOf(here: ImageJob, run: ActionRun): Promise<Record<string, string> | undefined> {
  return (await here.images.resolve(run.outputs.uri ?? '')).config.Labels
}

/** `warning: …` */
export function messages({ annotations }: ActionRun): string[] {
  return annotations.map(({ level, message }) => `${level}: ${message}`)
}
