import { readFileSync } from 'node:fs'
import type { AddressPool } from './container.ts'

const listening = '0A'
const lastHost = 254

/**
 * Addresses out of a random 127.A.B.0/24 block, so that testbeds in other processes do not meet. B is even: the block
 * above it belongs to the same tasks (see task-network.mjs). An address that was given back is the last to be used again,
 * because connections to the task that had it may still be open. On macOS only 127.0.0.1 exists until others are added.
 */
export function loopbackAddresses(listeners: () => ReadonlySet<string> = listeningAddresses): AddressPool {
  const free: string[] = []
  const taken = new Set<string>()
  const nextFree = (): string | undefined => {
    const used = listeners()
    const index = free.findIndex((address) => !used.has(address))
    return index < 0 ? undefined : free.splice(index, 1)[0]
  }
  return {
    take() {
      let address = nextFree()
      while (address === undefined) {
        free.push(...unusedBlock(listeners(), taken))
        address = nextFree()
      }
      taken.add(address)
      return address
    },
    release(address) {
      if (taken.delete(address)) free.push(address)
    },
  }
}

function unusedBlock(used: ReadonlySet<string>, taken: ReadonlySet<string>): string[] {
  const foreign = new Set([...used, ...taken].map(blockOf))
  for (;;) {
    const [a, b] = [between(16, 250), 2 * between(0, 127)]
    const block = `127.${a}.${b}`
    if (foreign.has(block) || foreign.has(`127.${a}.${b + 1}`)) continue
    return Array.from({ length: lastHost }, (_, index) => `${block}.${index + 1}`)
  }
}

function blockOf(address: string): string {
  return address.slice(0, address.lastIndexOf('.'))
}

function between(low: number, high: number): number {
  return low + Math.floor(Math.random() * (high - low + 1))
}

/** The IPv4 addresses on which any process of the machine listens; none where the kernel has no such list. */
export function listeningAddresses(): Set<string> {
  const addresses = new Set<string>()
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const row of tableRows(table)) {
      const [, local = '', , state] = row.trim().split(/\s+/)
      if (state === listening) addresses.add(dotted(local))
    }
  }
  return addresses
}

function tableRows(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').slice(1)
  } catch {
    return []
  }
}

// The kernel prints an address as one little-endian word; an IPv4 address in the IPv6 table is its last word.
function dotted(local: string): string {
  const word = local.slice(0, local.indexOf(':')).slice(-8)
  return [6, 4, 2, 0].map((at) => Number.parseInt(word.slice(at, at + 2), 16)).join('.')
}
