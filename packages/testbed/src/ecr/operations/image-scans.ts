import { readDocument } from '../../images/manifest-document.ts'
import type { Repository } from '../../images/repositories.ts'
import { object, required } from '../../wire/input.ts'
import { type JsonObject, present } from '../../wire/json.ts'
import { ServiceError } from '../../wire/service-error.ts'
import { imageNotFound } from '../errors.ts'
import { type Scan, type ScanFinding, severityCounts } from '../scans.ts'
import { isScannable } from '../store-manifest.ts'
import type { EcrWorld } from '../world.ts'
import { findImage, type ImageId, imageIdText, imageIdView, readImageId } from './image-ids.ts'
import { belongsTo, namedRepository, pageOf } from './named-repository.ts'

const day = 24 * 3600

interface NamedImage {
  repository: Repository
  id: ImageId
  digest: string
}

function namedImage(ecr: EcrWorld, input: JsonObject): NamedImage {
  const repository = namedRepository(ecr, input)
  const id = readImageId(required(object(input, 'imageId'), 'imageId'))
  const digest = findImage(repository, id)
  if (typeof digest === 'string') return { repository, id, digest }
  throw imageNotFound(imageIdText(id), repository.name, ecr.place.accountId)
}

function scanView(ecr: EcrWorld, { repository, id, digest }: NamedImage, scan: Scan): JsonObject {
  return {
    ...belongsTo(ecr, repository),
    imageId: imageIdView({ digest, tag: id.tag }),
    imageScanStatus: present({ status: scan.status, description: scan.description }),
  }
}

/** StartImageScan: basic scanning, once in 24 hours for an image, the scan on push included. Source: ECR API reference. */
export function startImageScan(ecr: EcrWorld, input: JsonObject): JsonObject {
  const image = namedImage(ecr, input)
  const manifest = image.repository.manifests.get(image.digest)
  const document = manifest && readDocument(manifest.bytes)
  if (!document || !isScannable(manifest.mediaType, document)) {
    throw new ServiceError('UnsupportedImageTypeException', 'The image is of a type that cannot be scanned.')
  }
  const record = ecr.records.image(image.repository, image.digest)
  if (record.scan && ecr.clock.secondsSince(record.scan.startedAt) < day) {
    const text = 'The scan quota per image has been exceeded. Wait and try again.'
    throw new ServiceError('LimitExceededException', text)
  }
  record.scan = ecr.scans.start(image.digest)
  return scanView(ecr, image, record.scan)
}

/** DescribeImageScanFindings, in pages of at most `maxResults` findings. */
export function describeImageScanFindings(ecr: EcrWorld, input: JsonObject): JsonObject {
  const image = namedImage(ecr, input)
  const { scan } = ecr.records.image(image.repository, image.digest)
  if (scan?.status === undefined) {
    throw new ServiceError(
      'ScanNotFoundException',
      `Image scan does not exist for the image with '${imageIdText(image.id)}' in the repository with name '${image.repository.name}' in the registry with id '${ecr.place.accountId}'`,
    )
  }
  const answer = scanView(ecr, image, scan)
  if (scan.status !== 'COMPLETE')
    return scan.status === 'FAILED' ? { ...answer, imageScanFindings: null } : answer
  const { page, nextToken } = pageOf(scan.findings, input)
  const completed = (scan.completedAt ?? scan.startedAt) / 1000
  const imageScanFindings = {
    imageScanCompletedAt: completed,
    vulnerabilitySourceUpdatedAt: completed,
    findingSeverityCounts: severityCounts(scan.findings),
    findings: page.map(findingView),
  }
  return present({ ...answer, imageScanFindings, nextToken })
}

function findingView({ attributes = {}, ...finding }: ScanFinding): JsonObject {
  return {
    ...finding,
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value })),
  }
}
