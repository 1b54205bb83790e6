import { parseArn } from '../../../aws/arn.ts'
import type { Finding } from '../../finding.ts'
import { parseImage, privateRegistry } from '../../preflight/image-reference.ts'
import { taskPlatform } from '../../preflight/task-platform.ts'
import { containerNamed, textOf } from '../../task-definition/document.ts'
import { eventsSince, type Scene } from '../observed.ts'
import { executionRoleOf, findingsIn, imagesIn, type Reason, reasonsOf } from '../reasons.ts'
import { finding } from '../texts/finding-text.ts'
import { imageMissing, pullDenied, wrongArchitecture } from '../texts/images.ts'

/**
 * Why images were not pulled. Source: Developer Guide, "CannotPullContainer task errors"; on container instances a tag that cannot be
 * resolved is a CannotPullImageManifestError (amazon-ecs-agent).
 */
export function imageFailures(scene: Scene): Finding[] {
  return findingsIn([...reasonsOf(scene), ...eventsAboutOwnImages(scene)], (reason) =>
    recognise(scene, reason),
  )
}

/** An event names no task; that it names an image of the deployment shows whose it is. */
function eventsAboutOwnImages(scene: Scene): Reason[] {
  const events = eventsSince(scene).map((text) => ({ text, container: undefined }))
  const images = imagesIn(scene, { text: '', container: undefined })
  return events.filter(({ text }) => images.some((image) => text.includes(image)))
}

function recognise(scene: Scene, reason: Reason): Finding | undefined {
  const { text } = reason
  const images = imagesIn(scene, reason)
  const image = images.join(', ')
  const role = executionRoleOf(scene)
  if (/unable to retrieve ecr registry auth\b.*(AccessDenied|not authorized)/s.test(text)) {
    return finding(pullDenied, pullDenied.cases.token, { role }, [text])
  }
  if (!/CannotPull(Container|ImageManifest)Error/.test(text)) return undefined
  if (/toomanyrequests|pull rate limit/i.test(text)) {
    return finding(pullDenied, pullDenied.cases.rate, { image }, [text])
  }
  if (text.includes('no basic auth credentials')) {
    return finding(pullDenied, pullDenied.cases.login, { image }, [text])
  }
  const [, platform] = /does not contain descriptor matching platform '([^']+)'/.exec(text) ?? []
  if (platform !== undefined) {
    return finding(wrongArchitecture, wrongArchitecture.cases.unlisted, { image, platform }, [text])
  }
  if (saysDenied(text)) return denied(scene, images, text)
  return saysMissing(text) ? finding(imageMissing, imageMissing.cases.absent, { image }, [text]) : undefined
}

function saysDenied(text: string): boolean {
  return /\b403 Forbidden|AccessDenied|not authorized to perform: ecr:|Check that the role has the permissions to pull/.test(
    text,
  )
}

function denied(scene: Scene, images: readonly string[], text: string): Finding {
  const role = executionRoleOf(scene)
  const image = images.join(', ')
  const ours = parseArn(scene.service.arn)?.accountId
  const account = images.map((each) => accountOf(each)).find((each) => each !== undefined && each !== ours)
  return account === undefined
    ? finding(pullDenied, pullDenied.cases.role, { role, image }, [text])
    : finding(pullDenied, pullDenied.cases.otherAccount, { role, image, account }, [text])
}

/** The account of a private registry of Amazon ECR. */
function accountOf(image: string): string | undefined {
  const reference = parseImage(image)
  return reference && privateRegistry(reference.host)?.registryId
}

/** A denied or impossible connection is another matter. */
function saysMissing(text: string): boolean {
  return /: not found|manifest unknown|manifest for \S+ not found|repository \S+ not found|repository does not exist/.test(
    text,
  )
}

/** The image of a container; where the task definition has none, the container's name. */
export function imageOf({ definition }: Scene, container: string): string {
  const found = containerNamed(definition, container)
  return (found && textOf(found, 'image')) ?? container
}

/** The platform in a sentence, where the task definition does not name one. */
export function platformIn({ definition }: Scene): string {
  return taskPlatform(definition) ?? 'the CPU'
}
