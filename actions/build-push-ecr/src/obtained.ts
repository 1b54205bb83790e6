import type { StoredImage } from '@ecs-release/core'
import type { StepCounts } from './docker/progress.ts'
import type { TagState } from './publish.ts'
import type { ReadImage } from './stored-image.ts'

/** The image in the repository, from wherever it came. */
export interface Obtained {
  stored: StoredImage
  /** What is known of it, where it was looked at. */
  read: ReadImage | undefined
  /** By which it is recognised. */
  labels: Readonly<Record<string, string>>
  reused: boolean
  steps: StepCounts | undefined
  /** The fixed tag by which it is there, and what became of that. */
  under: { tag: string; state: TagState }
  /** What the tags named when the step began, by tag. */
  before: ReadonlyMap<string, StoredImage>
  /** What those that are still to be set name by now, by tag. */
  now: ReadonlyMap<string, StoredImage>
  writeCache: (() => Promise<void>) | undefined
}
