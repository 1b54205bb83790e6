/** Findings about images that cannot be pulled or run. */

export const imageMissing = {
  code: 'image-missing',
  symptom: 'The image is not found',
  meaning:
    'The registry answered, and has no image of that name: it was never pushed, was pushed to another account or Region, or a lifecycle policy has deleted it.',
  cases: {
    absent: {
      cause: 'the image {image} cannot be pulled: the registry does not have it',
      remedy:
        'Check the repository, tag or digest, and the account and Region in its name; push the image before deploying. A lifecycle policy may have deleted it.',
    },
    unpushed: {
      cause: 'the image {image} of container {container} does not exist: {why}',
      remedy:
        'Check the repository, tag or digest, and the account and Region in its name; push the image before deploying. A lifecycle policy may have deleted it.',
    },
    uncached: {
      cause: 'the image {image} of container {container} does not exist: {why}',
      remedy:
        'Check the repository, tag or digest, and the account and Region in its name; push the image before deploying. If a pull-through cache rule brings it on its first pull, allow ecr:DescribePullThroughCacheRules, so that this can be known.',
    },
  },
} as const

export const pullDenied = {
  code: 'pull-denied',
  symptom: 'The registry refuses the pull',
  meaning:
    'Fargate pulls with the execution role of the task definition, not with the credentials of the workflow and not with the task role. Amazon ECR asks for a token first, and then for the right to the repository, which a repository of another account has to give as well.',
  cases: {
    token: {
      cause: 'the execution role {role} may not sign in to Amazon ECR: it lacks ecr:GetAuthorizationToken',
      remedy:
        'Attach the managed policy AmazonECSTaskExecutionRolePolicy to the role, or allow ecr:GetAuthorizationToken on the resource *.',
    },
    role: {
      cause: 'the execution role {role} may not pull the image {image}',
      remedy:
        'Allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:BatchCheckLayerAvailability on the repository in the role (AmazonECSTaskExecutionRolePolicy has them), and check that the policy of the repository denies nothing.',
    },
    otherAccount: {
      cause:
        'the image {image} belongs to the account {account}, which does not let the execution role {role} pull it',
      remedy:
        'Allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:BatchCheckLayerAvailability for this account in the policy of the repository in {account}; the role needs the same rights in its own account.',
    },
    login: {
      cause: 'the registry of the image {image} wants a login',
      remedy:
        'Keep the login in AWS Secrets Manager and name it in repositoryCredentials of the container, or copy the image to Amazon ECR.',
    },
    rate: {
      cause: 'the registry of the image {image} allows no more pulls for now (rate limit)',
      remedy:
        'Copy the image to Amazon ECR or pull it by a pull-through cache rule; a login in repositoryCredentials raises the limit.',
    },
  },
} as const

export const wrongArchitecture = {
  code: 'wrong-architecture',
  symptom: 'The image is for another CPU architecture',
  meaning:
    'An image that was built on a machine with another CPU (such as arm64 on a laptop) is either refused at the pull, when it is an index without the platform, or it starts and ends at once with "exec format error" in its log.',
  cases: {
    unlisted: {
      cause: 'the image {image} is not built for {platform}, on which the task runs',
      remedy:
        'Build the image for {platform} (the input platforms of build-push-ecr), or set runtimePlatform in the task definition to what the image is for.',
    },
    otherPlatform: {
      cause: 'the image {image} of container {container} is for {platforms}, and the task runs on {platform}',
      remedy:
        'Build the image for {platform} (the input platforms of build-push-ecr), or set runtimePlatform in the task definition to what the image is for.',
    },
    unexecutable: {
      cause:
        'the program in the image {image} cannot be executed: it is for another CPU architecture than {platform}, on which the task runs',
      remedy:
        'Build the image for {platform} (the input platforms of build-push-ecr), or set runtimePlatform in the task definition to what the image is for.',
    },
  },
} as const
