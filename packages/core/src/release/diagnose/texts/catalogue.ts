import * as endings from './endings.ts'
import type { FindingText } from './finding-text.ts'
import * as health from './health.ts'
import * as images from './images.ts'
import * as network from './network.ts'
import * as placement from './placement.ts'
import * as preflight from './preflight.ts'
import * as programs from './programs.ts'
import * as proof from './proof.ts'
import * as registry from './registry.ts'
import * as secrets from './secrets.ts'

/** All that can be found, in the order of the guide: before the deployment, from the pull of the image to its end, and what runs then. */
export const findingTexts: readonly FindingText[] = [
  registry.tagBlocked,
  registry.vulnerableImage,
  preflight.serviceInactive,
  preflight.controller,
  preflight.deploymentInProgressText,
  preflight.credentialsTooShort,
  preflight.portMapping,
  preflight.targetType,
  preflight.healthCheckPort,
  preflight.executionRoleMissing,
  preflight.cannotRoll,
  preflight.daemonCount,
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
  programs.cannotStart,
  programs.interpreterMissing,
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
  endings.earlyFailureText,
  endings.timedOutText,
  endings.supersededText,
  endings.failedBeforeText,
  proof.digestMismatch,
  proof.digestNotProvable,
  proof.oldTasksRemain,
  proof.desiredCountZero,
  proof.probeFailedText,
  endings.unknownFailure,
]
