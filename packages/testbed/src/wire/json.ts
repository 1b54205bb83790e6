/** What travels in an AWS request or answer. The testbed keeps members that it does not know. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export interface JsonObject {
  [member: string]: JsonValue
}
