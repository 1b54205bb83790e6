/** What travels in an AWS request or answer. The testbed keeps members that it does not know. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export interface JsonObject {
  [member: string]: JsonValue
}

/** Whether a value, typically fresh from JSON.parse, is an object with members rather than a list or a scalar. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Leaves out the members that are undefined: AWS omits what it has no value for, where JSON would want a null. */
export function present(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  const answer: JsonObject = {}
  for (const [name, value] of Object.entries(members)) if (value !== undefined) answer[name] = value
  return answer
}
