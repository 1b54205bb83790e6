import { randomBytes, randomInt } from 'node:crypto'

/* Identifiers in the forms of ecs-model.md section 0. */

const DIGITS = 19
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-'

/** The number that a deployment and its service revision share. */
export function deploymentNumber(): string {
  return Array.from({ length: DIGITS }, (_, place) => randomInt(place === 0 ? 1 : 0, 10)).join('')
}

/** The id of a service deployment: 21 letters, digits, `_` and `-`. */
export function serviceDeploymentId(): string {
  return Array.from({ length: 21 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
}

/** The id of a task: 32 hexadecimal digits. */
export function taskId(): string {
  return randomBytes(16).toString('hex')
}
