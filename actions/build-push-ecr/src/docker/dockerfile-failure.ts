import { oneLine } from '@ecs-release/core'

interface Explained {
  message: string
  hint: string
}

const LONGEST = 300

/** What is wrong with the Dockerfile, or with what it needs: its line, what the line says, and why it failed. */
export function dockerfileFailure(
  tail: readonly string[],
  error: string,
  file: string | undefined,
): Explained {
  const why = error.replace(/^ERROR: /, '').replace(/^(failed to build: |failed to solve: )*/, '')
  const at = failingLine(tail)
  const place = at === undefined ? '' : `${at.place}: ${at.text}: `
  const base = /^(\S+): failed to resolve source metadata for (\S+): (.*)$/.exec(why)
  if (base !== null) return baseImage(place, base[2] ?? '', base[3] ?? '')
  if (/failed to read dockerfile/.test(why)) {
    return {
      message: `There is no Dockerfile ${file ?? 'in the root of context'}`,
      hint: 'Set file to its path from the root of the workspace, and run actions/checkout before this step.',
    }
  }
  if (/unable to prepare context/.test(why)) {
    return {
      message: said(why),
      hint: 'Set context to a folder of the workspace, and run actions/checkout before this step.',
    }
  }
  const missing = /"([^"]+)": not found$/.exec(why)
  if (missing !== null && /cache key|checksum/.test(why)) {
    return {
      message: said(`${place}${missing[1]} is not in the context`),
      hint: 'Check the path, .dockerignore, and that an earlier step of the job has made the file.',
    }
  }
  const exit = /did not complete successfully: exit code: (\d+)/.exec(why)
  if (exit !== null) return command(place, exit[1] ?? '', tail)
  return { message: said(place + why), hint: 'See the last group of the log above for what came before it.' }
}

function command(place: string, exitCode: string, tail: readonly string[]): Explained {
  const last = lastOutput(tail)
  return {
    message: said(`${place}exit code ${exitCode}${last === undefined ? '' : ` after "${last}"`}`),
    hint:
      exitCode === '137'
        ? 'The process was killed, most likely for lack of memory: use a larger runner, or let the command use less.'
        : exitCode === '127'
          ? 'The command is not in the image at this point: install it in an earlier line, or check its name.'
          : "The command's output is in the log above, in the group of its stage.",
  }
}

function baseImage(place: string, image: string, why: string): Explained {
  const message = said(`${place}the base image ${image} cannot be read: ${why}`)
  if (/429|toomanyrequests|rate limit/i.test(why)) {
    return {
      message,
      hint: 'Log in to its registry before this step (docker/login-action), or take the image from a pull-through cache of Amazon ECR.',
    }
  }
  if (/not found$/i.test(why)) return { message, hint: 'Check the name and the tag in the FROM line.' }
  if (/40[13]|denied|authorization/i.test(why)) {
    return {
      message,
      hint: 'Log in to its registry before this step (docker/login-action); that login is used here.',
    }
  }
  return {
    message,
    hint: 'Check that the runner can reach the registry of the base image, then run the step again.',
  }
}

/** The line that buildx marks in its excerpt: `Dockerfile:3` and `   3 | >>> RUN npm ci`. */
function failingLine(tail: readonly string[]): { place: string; text: string } | undefined {
  const marked = tail.findLastIndex((line) => /^ +\d+ \| >>> /.test(line))
  const first = tail.slice(0, marked).findLast((line) => /^\S.*:\d+$/.test(line))
  if (marked < 0 || first === undefined) return undefined
  const firstMarked = tail.find((line) => /^ +\d+ \| >>> /.test(line)) ?? ''
  return { place: first, text: oneLine(firstMarked.replace(/^ +\d+ \| >>> /, '')) }
}

/** What the failing command wrote last: the excerpt between two rules shows `0.408 text`. */
function lastOutput(tail: readonly string[]): string | undefined {
  const line = tail.findLast((text) => /^\d+\.\d+ \S/.test(text))
  return line === undefined ? undefined : oneLine(line.replace(/^\d+\.\d+ /, '')).slice(0, 120)
}

function said(text: string): string {
  const line = oneLine(text)
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}
