import { randomBytes } from 'node:crypto'
import { arn, type Place } from '../wire/place.ts'

/** The values in AWS Secrets Manager and in the Parameter Store. There is no API to them: only tasks read them. */
export interface Secrets {
  /** Creates a secret or gives it another value. Returns its ARN, which ends in six characters of AWS's own. */
  putSecret(name: string, value: string): string
  /** Returns the ARN. */
  putParameter(name: string, value: string): string
  /** By ARN; undefined when there is none. */
  secret(secretArn: string): string | undefined
  /** By name or ARN; undefined when there is none. */
  parameter(nameOrArn: string): string | undefined
}

export function secrets(place: Place): Secrets {
  const values = new Map<string, string>()
  const arns = new Map<string, string>()
  const parameters = new Map<string, string>()
  const parameterArn = (name: string): string => arn(place, 'ssm', `parameter/${name.replace(/^\//, '')}`)
  return {
    putSecret(name, value) {
      const made = arns.get(name) ?? arn(place, 'secretsmanager', `secret:${name}-${suffix()}`)
      arns.set(name, made)
      values.set(made, value)
      return made
    },
    putParameter(name, value) {
      parameters.set(parameterArn(name), value)
      return parameterArn(name)
    },
    // A reference may leave the six characters out, though AWS advises against it.
    secret: (wanted) => values.get(wanted) ?? values.get(arns.get(nameIn(wanted)) ?? ''),
    parameter: (wanted) => parameters.get(wanted.startsWith('arn:') ? wanted : parameterArn(wanted)),
  }
}

function suffix(): string {
  return randomBytes(6).toString('base64').replace(/[+/]/g, 'x').slice(0, 6)
}

function nameIn(secretArn: string): string {
  return secretArn.split(':').slice(6).join(':')
}
