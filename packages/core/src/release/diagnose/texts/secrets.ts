/** Findings about what a container needs before it can start: its secrets and its log group. */

export const secretMissing = {
  code: 'secret-missing',
  symptom: 'A secret or parameter does not exist',
  meaning:
    'The names in `secrets` of a container are looked up in AWS Secrets Manager or in the Parameter Store each time a task starts. A task whose secret is not found does not start.',
  cases: {
    secret: {
      cause: 'the secret {secret} for {variable} does not exist in AWS Secrets Manager',
      remedy:
        'Create the secret, or correct its ARN in secrets of the container: account, Region, name and the six characters at the end.',
    },
    deleted: {
      cause: 'the secret {secret} for {variable} is marked for deletion',
      remedy: 'Restore it with RestoreSecret, or refer to another secret in secrets of the container.',
    },
    key: {
      cause: 'the secret for {variable} has no JSON key {key}',
      remedy:
        'Add the key to the value of the secret, or correct it in valueFrom (ARN:KEY::); the value must be a JSON object.',
    },
    parameter: {
      cause: 'the parameter {parameter} for {variable} does not exist in the Parameter Store',
      remedy:
        'Create the parameter, or correct its name in secrets of the container; a name without an ARN is looked for in the Region of the task.',
    },
  },
} as const

export const secretDenied = {
  code: 'secret-denied',
  symptom: 'A secret or parameter may not be read',
  meaning:
    'Secrets are read with the execution role of the task definition, not with its task role. A secret that is encrypted with a key of your own needs the right to decrypt as well.',
  cases: {
    role: {
      cause: 'the execution role {role} may not read {what} for {variable}: it lacks {action}',
      remedy:
        'Allow {action} on it in the execution role, and kms:Decrypt where it is encrypted with a key of your own.',
    },
    key: {
      cause: 'the execution role {role} may not decrypt {what} for {variable}: it lacks kms:Decrypt',
      remedy: 'Allow kms:Decrypt on the key in the execution role and in the policy of the key.',
    },
  },
} as const

export const logGroupMissing = {
  code: 'log-group-missing',
  symptom: 'The log group does not exist',
  meaning:
    'The awslogs driver opens a log stream before the container starts, and a container whose log group is missing does not start.',
  cases: {
    absent: {
      cause: 'the log group {group} of container {container} does not exist',
      remedy:
        'Create the log group in the Region that awslogs-region names, or set the option awslogs-create-group to "true" and allow logs:CreateLogGroup in the execution role.',
    },
    unready: {
      cause: 'the log group {group} of container {container} does not exist in {region}',
      remedy:
        'Create the log group before deploying, or set the log option awslogs-create-group to "true" and allow logs:CreateLogGroup to the execution role.',
    },
    unreadyHere: {
      cause: 'the log group {group} of container {container} does not exist',
      remedy:
        'Create the log group before deploying, or set the log option awslogs-create-group to "true" and allow logs:CreateLogGroup to the execution role.',
    },
  },
} as const
