import { resolve } from 'node:path'

/** The root of this repository: the demo runs its committed bundles and its example app. */
export const root: string = resolve(import.meta.dirname, '../../../..')
