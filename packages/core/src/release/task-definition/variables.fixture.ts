import type { JsonObject } from '../../aws/json.ts'
import { type VariableEdit, withVariables } from './variables.ts'

export const secret = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:db'
export const app: JsonObject = {
  name: 'app',
  environment: [
    { name: 'A', value: '1' },
    { name: 'B', value: '2', futureField: true },
  ],
  secrets: [{ name: 'S', valueFrom: secret }],
}
export const one: JsonObject = { family: 'web', containerDefinitions: [app] }
export const two: JsonObject = { family: 'web', containerDefinitions: [app, { name: 'proxy' }] }

export const set = (name: string, value: string, container?: string): VariableEdit => ({
  container,
  name,
  value,
})
export const remove = (name: string, container?: string): VariableEdit => ({
  container,
  name,
  value: undefined,
})
export const edit = (
  definition: JsonObject,
  variables: VariableEdit[],
  secrets: VariableEdit[] = [],
): ReturnType<typeof withVariables> => withVariables(definition, { variables, secrets })
