import { readFileSync } from 'node:fs'

interface Permission {
  for: string
  unseen?: string
}

interface Permissions {
  statements: { resources: string[]; actions: Record<string, Permission> }[]
  withoutPermission: Record<string, string>
}

const file = new URL('../../permissions.json', import.meta.url)
const read: Permissions = JSON.parse(readFileSync(file, 'utf8'))

export const { statements, withoutPermission } = read
