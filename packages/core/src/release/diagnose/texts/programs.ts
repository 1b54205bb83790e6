/** Findings about programs that end by themselves. */

export const crashOnStart = {
  code: 'crash-on-start',
  symptom: 'A container ends soon after its start',
  meaning:
    'An essential container ended by itself, and with it the task. ECS starts another one, until the circuit breaker has seen enough. Mostly the last lines of its log say why.',
  cases: {
    error: {
      cause:
        'container {container} ends soon after its start with exit code {exitCode} ({explained}) in {tasks}',
      remedy:
        'Read its last log lines: mostly a variable, a secret or a connection is missing that it needs at the start. Run the same image with the same variables elsewhere to try it.',
    },
    command: {
      cause:
        'container {container} ends soon after its start with exit code {exitCode} ({explained}) in {tasks}',
      remedy:
        'Check entryPoint and command of the container against the files in the image, and that the image is built for the CPU architecture of the task.',
    },
    finished: {
      cause:
        'container {container} ends soon after its start with exit code {exitCode} ({explained}) in {tasks}',
      remedy:
        'A service has to keep running in the foreground: check entryPoint and command of the container.',
    },
  },
} as const

export const outOfMemory = {
  code: 'out-of-memory',
  symptom: 'A container runs out of memory',
  meaning:
    'The kernel kills a container that uses more than its hard limit (memory of the container, else of the task) with SIGKILL, and its exit code is 137. Exit code 137 alone does not say so: it is also that of a container that did not end in time when it was told to stop.',
  cases: {
    limit: {
      cause:
        'container {container} needs more memory than the {limit} MiB that it may use; it was killed in {tasks}',
      remedy:
        'Raise memory in the task definition (of the task, and of the container where it has its own limit), or limit the heap of the program below it.',
    },
    unknown: {
      cause: 'container {container} needs more memory than it may use; it was killed in {tasks}',
      remedy:
        'Raise memory in the task definition (of the task, and of the container where it has its own limit), or limit the heap of the program below it.',
    },
  },
} as const
