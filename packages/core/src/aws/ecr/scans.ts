import {
  type Attribute,
  DescribeImageScanFindingsCommand,
  type DescribeImageScanFindingsCommandOutput,
  type ECRClient,
  StartImageScanCommand,
} from '@aws-sdk/client-ecr'
import { call } from '../call.ts'
import { awsErrorName } from '../errors.ts'
import type { RepositoryId } from './repositories.ts'

export interface ScanFinding {
  /** Usually a CVE number. */
  name: string
  severity: string
  packageName: string
  packageVersion: string
  /** The version that has it mended; empty where the scan does not say. */
  fixedIn: string
}

export interface ImageScan {
  /** `IN_PROGRESS`, `COMPLETE`, … or a word that AWS has added since. */
  status: string
  description: string
  /** By severity; severities without findings are absent. */
  counts: Readonly<Record<string, number>>
  findings: readonly ScanFinding[]
}

/** All pages. undefined when the image has not been scanned. Enhanced findings are not read. */
export async function describeImageScanFindings(
  ecr: ECRClient,
  { name, registryId }: RepositoryId,
  digest: string,
): Promise<ImageScan | undefined> {
  const doing = `read the scan of ${name}@${digest}`
  const page = (nextToken: string | undefined) =>
    call('ecr:DescribeImageScanFindings', doing, () =>
      ecr.send(
        new DescribeImageScanFindingsCommand({
          registryId,
          repositoryName: name,
          imageId: { imageDigest: digest },
          maxResults: 1000,
          nextToken,
        }),
      ),
    )
  try {
    const first = await page(undefined)
    const findings = findingsOf(first)
    for (let token = first.nextToken; token !== undefined; ) {
      const next = await page(token)
      findings.push(...findingsOf(next))
      token = next.nextToken
    }
    return {
      status: first.imageScanStatus?.status ?? 'none',
      description: first.imageScanStatus?.description ?? '',
      counts: first.imageScanFindings?.findingSeverityCounts ?? {},
      findings,
    }
  } catch (error) {
    if (awsErrorName(error) === 'ScanNotFoundException') return undefined
    throw error
  }
}

/** Basic scanning only. An image can be scanned once in 24 hours; a scan that there was already is no error. */
export async function startImageScan(
  ecr: ECRClient,
  { name, registryId }: RepositoryId,
  digest: string,
): Promise<void> {
  try {
    await call('ecr:StartImageScan', `scan ${name}@${digest}`, () =>
      ecr.send(
        new StartImageScanCommand({ registryId, repositoryName: name, imageId: { imageDigest: digest } }),
      ),
    )
  } catch (error) {
    if (awsErrorName(error) !== 'LimitExceededException') throw error
  }
}

function findingsOf(answer: DescribeImageScanFindingsCommandOutput): ScanFinding[] {
  return (answer.imageScanFindings?.findings ?? []).map(({ name, severity, attributes = [] }) => ({
    name: name ?? 'unnamed',
    severity: severity ?? 'UNDEFINED',
    packageName: attribute(attributes, 'package_name'),
    packageVersion: attribute(attributes, 'package_version'),
    fixedIn: attribute(attributes, 'fixed_in_version', 'fixed_in_versions', 'fixedInVersion'),
  }))
}

function attribute(attributes: readonly Attribute[], ...keys: readonly string[]): string {
  return attributes.find(({ key }) => key !== undefined && keys.includes(key))?.value ?? ''
}
