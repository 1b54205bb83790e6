import { cut, type Explained } from './explained.ts'

/** A base image that cannot be had; undefined for another failure. `place` is the FROM line. */
export function baseImageFailure(place: string, error: string): Explained | undefined {
  const [, image, why] = /^\S+: failed to resolve source metadata for (\S+): (.*)$/.exec(error) ?? []
  if (image === undefined || why === undefined) return undefined
  return { message: `${place}the base image ${image} cannot be read: ${cut(why)}`, hint: hintFor(why) }
}

function hintFor(why: string): string {
  if (/(: |HTTP )429\b|toomanyrequests|rate limit/i.test(why))
    return 'Log in to its registry before this step (docker/login-action), or take the image from a pull-through cache of Amazon ECR.'
  if (/not found$/i.test(why)) return 'Check the name and the tag in the FROM line.'
  if (/(: |HTTP )40[13]\b|\bdenied\b|authorization failed/i.test(why))
    return 'Log in to its registry before this step (docker/login-action); that login is used here.'
  return 'Check that the runner can reach the registry of the base image, then run the step again.'
}
