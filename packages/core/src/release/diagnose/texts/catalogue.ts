import * as endings from './endings.ts'
import type { FindingText } from './finding-text.ts'
import * as health from './health.ts'
import * as images from './images.ts'
import * as network from './network.ts'
import * as placement from './placement.ts'
import * as programs from './programs.ts'
import * as secrets from './secrets.ts'

/** All that a diagnosis can find, in the order of the guide: from the pull of the image to the end of the deployment. */
export const findingTexts: readonly FindingText[] = [
  images.imageMissing,
  images.pullDenied,
  images.wrongArchitecture,
  network.noRoute,
  secrets.secretMissing,
  secrets.secretDenied,
  secrets.logGroupMissing,
  network.networkInterface,
  placement.noCapacity,
  placement.taskLimit,
  placement.taskDefinitionInactive,
  programs.crashOnStart,
  programs.outOfMemory,
  health.loadBalancerHealthCheck,
  health.containerPort,
  health.gracePeriod,
  health.securityGroup,
  health.containerHealthCheck,
  endings.alarm,
  endings.circuitBreaker,
  endings.noRollbackCandidate,
  endings.unknownFailure,
]
