import type { Bucket } from '../wire/service.ts'

// Calls per second in us-east-1 (aws-model.md 3.1); AWS gives a burst for none but GetAuthorizationToken, and that one
// was of 2023, so a bucket holds one second's worth.
const rates: Readonly<Record<string, number>> = {
  GetAuthorizationToken: 500,
  BatchGetImage: 2000,
  GetDownloadUrlForLayer: 3000,
  BatchCheckLayerAvailability: 1000,
  InitiateLayerUpload: 100,
  UploadLayerPart: 500,
  CompleteLayerUpload: 100,
  PutImage: 10,
}

/** The bucket of an ECR operation, which the registry's requests draw on by the same names. */
export function ecrBuckets(operation: string): readonly Bucket[] {
  const perSecond = rates[operation]
  return perSecond === undefined ? [] : [{ name: operation, burst: perSecond, perSecond }]
}
