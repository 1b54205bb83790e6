/** Findings about programs that do not start, or end by themselves. */

export const cannotStart = {
  code: 'cannot-start',
  symptom: 'A container cannot be started',
  meaning:
    'The image was pulled, and its program could not be executed: ECS says CannotStartContainerError, and the container has neither an exit code nor a log. What a container runs is entryPoint and command of the task definition, or ENTRYPOINT and CMD of the image where those are not set.',
  cases: {
    missing: {
      cause: 'container {container} cannot be started: its program {program} is not in the image',
      remedy:
        'Correct entryPoint and command of the container in the task definition, each word an item of its own, or add the file to the image: a name is looked for in its PATH, a path is looked for as it stands.',
    },
    forbidden: {
      cause: 'container {container} cannot be started: its program {program} may not be executed',
      remedy:
        'Give the file its execute bit in the image (COPY --chmod=755 in the Dockerfile), for the user that the container runs as; or name a program instead of a directory in entryPoint and command.',
    },
  },
} as const

export const interpreterMissing = {
  code: 'interpreter-missing',
  symptom: 'The interpreter of a program is not in the image',
  meaning:
    'The program is in the image, and what it needs to be executed is not: the interpreter that the first line of a script names, or the dynamic loader of a binary, such as that of glibc in an image of Alpine Linux. A script with Windows line ends names an interpreter that exists nowhere, as the carriage return belongs to its name. The container starts, writes "no such file or directory" about a file that is there, and ends with exit code 1.',
  cases: {
    named: {
      cause:
        'container {container} cannot execute {program}: the file is there, and the interpreter or the loader that it names is not in the image',
      remedy:
        'Save a script with line ends of Unix (LF; in Git: *.sh text eol=lf in .gitattributes), and put the interpreter of its first line into the image. A binary needs the C library that it was linked with: build it on the base image that it runs in, or link it statically.',
    },
    unnamed: {
      cause:
        'container {container} cannot execute its program: the file is there, and the interpreter or the loader that it names is not in the image',
      remedy:
        'Save a script with line ends of Unix (LF; in Git: *.sh text eol=lf in .gitattributes), and put the interpreter of its first line into the image. A binary needs the C library that it was linked with: build it on the base image that it runs in, or link it statically.',
    },
  },
} as const

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
        'A shell or a script of the container calls a program that is not in the image or may not be executed; mostly the last line of its log names it. Add it to the image, or correct entryPoint and command of the container.',
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
