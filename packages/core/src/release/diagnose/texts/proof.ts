/** Findings about what runs when ECS calls the deployment successful. */

export const digestMismatch = {
  code: 'digest-mismatch',
  symptom: 'Another image runs than the one that was asked for',
  meaning:
    'ECS calls the deployment successful, and its service revision or a task has another digest. ECS resolves a tag once for each deployment: what is pushed under it later does not run.',
  cases: {
    revision: {
      cause: 'the service revision has {actual} for container {container}, not {expected}',
      remedy:
        'Look who pushed or deployed at the same time: something else than what was asked for is running.',
    },
    task: {
      cause: 'task {task} runs {actual} in container {container}, not {expected}',
      remedy:
        'Look who pushed or deployed at the same time: something else than what was asked for is running.',
    },
    definition: {
      cause: 'the service revision runs the task definition {actual}, not {expected}',
      remedy:
        'Look who deployed at the same time: UpdateService in CloudTrail says who and when. Then deploy again, as something else than what was asked for is running.',
    },
    revisionOfTag: {
      cause:
        'the service revision has {actual} for container {container}, and {image} names {expected} in Amazon ECR',
      remedy:
        'The tag was moved after Amazon ECS had resolved it: set force-new-deployment so that it is resolved anew, or give the image by digest (repository@sha256:…).',
    },
    taskOfTag: {
      cause: 'task {task} runs {actual} in container {container}, and {image} names {expected} in Amazon ECR',
      remedy:
        'The tag was moved after Amazon ECS had resolved it: set force-new-deployment so that it is resolved anew, or give the image by digest (repository@sha256:…).',
    },
  },
} as const

export const digestNotProvable = {
  code: 'digest-not-provable',
  symptom: 'It cannot be proven which image runs',
  meaning:
    'A task, a digest or an answer is missing that the proof needs; where it is a permission, the step names it with the statement to add. Nothing speaks against the release, but nobody knows what runs.',
  cases: {
    tooFew: {
      cause: 'only {running} of {desired} tasks of {deployment} are running',
      remedy:
        'Look at the service in the console: tasks may still be starting or have stopped. Where a digest is missing, give the image by digest (repository@sha256:…) and leave versionConsistency on.',
    },
    silent: {
      cause: 'ECS reports no digest of {of} for container {container} ({image})',
      remedy:
        'Give the image by digest (repository@sha256:…) and leave versionConsistency on. Where it is that of a sidecar, name the other containers in the input images.',
    },
    revision: {
      cause: 'ECS does not describe the service revision {revision}',
      remedy:
        'ECS keeps service revisions for 90 days, and none from before 25 October 2024: use force-new-deployment to get a new one.',
    },
    unaskedTag: {
      cause:
        'it is not known which image the tag of {image} for container {container} named before the deployment: {why}',
      remedy:
        'Give the image by digest (repository@sha256:…), or let the role call ecr:BatchGetImage on its repository.',
    },
    unaskedIndex: {
      cause:
        'ECS reports {actual} for container {container}, and whether {digest} ({image}) is an index that lists it is not known: {why}',
      remedy:
        'Give the digest that ECS reports, which is that of the platform, or keep the image in an Amazon ECR repository on which the role may call ecr:BatchGetImage. Where it is that of a sidecar, name the other containers in the input images.',
    },
    unresolvedTag: {
      cause:
        'nothing was deployed, and the tag of {image} for container {container} may have moved since ECS resolved it for the deployment that runs',
      remedy:
        'Give the image by digest (repository@sha256:…), set force-new-deployment so that ECS resolves the tag anew, or, for an image in Amazon ECR, let the role call ecr:BatchGetImage on its repository.',
    },
    unlisted: {
      cause:
        'ECS does not list the deployment {deployment}, whose rollout state is {state}, so how it ended is not known',
      remedy:
        'Look at the service in the console, or set force-new-deployment to start a deployment of its own.',
    },
    undescribed: {
      cause:
        'AWS did not once answer what became of the deployment {deployment}, whose rollout state is {state}',
      remedy: 'Run the step again: without changes it only makes the proof.',
    },
    unreachable: {
      cause: 'AWS did not answer for two minutes while the running tasks were to be read',
      remedy: 'Run the step again: without changes it only makes the proof.',
    },
  },
} as const

export const oldTasksRemain = {
  code: 'old-tasks-remain',
  symptom: 'Tasks of an earlier deployment still run',
  meaning:
    'ECS asks old tasks to stop and calls the deployment successful. Until they have stopped they may answer users.',
  cases: {
    one: {
      cause: '1 task of an earlier deployment still runs',
      remedy:
        'They usually drain connections: shorten deregistration_delay.timeout_seconds of the target group or stopTimeout of the container, or deploy again later.',
    },
    several: {
      cause: '{count} tasks of an earlier deployment still run',
      remedy:
        'They usually drain connections: shorten deregistration_delay.timeout_seconds of the target group or stopTimeout of the container, or deploy again later.',
    },
  },
} as const

export const desiredCountZero = {
  code: 'desired-count-zero',
  symptom: 'Nothing runs that could be looked at',
  meaning: 'A deployment of a service whose desired count is 0 succeeds without starting a task.',
  cases: {
    none: {
      cause: 'the desired count is 0, so nothing runs that could be looked at',
      remedy: 'Set the input desired-count, or let auto scaling raise the count, and deploy again.',
    },
  },
} as const

export const probeFailedText = {
  code: 'probe-failed',
  symptom: 'A probe does not get the right answer',
  meaning:
    'The right image runs, and a URL of the input probes does not give the right answer three times in a row within ten tries. It is asked from the runner, as a user would.',
  cases: {
    wrong: {
      cause:
        '{url} {fault} ({wrong} of {tries} answers were wrong, so that three right ones in a row could no longer come within ten tries)',
      remedy:
        'Request the URL yourself and read the log of the container. Where the answer is right, correct the expectation in the input probes; where it takes longer, raise timeout= of the line.',
    },
  },
} as const
