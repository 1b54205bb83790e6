import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { listeningAddresses, loopbackAddresses } from './loopback-addresses.ts'

const none = () => new Set<string>()

test('addresses are of one even block between 127.16 and 127.250 and all different', () => {
  const pool = loopbackAddresses(none)
  const addresses = Array.from({ length: 254 }, () => pool.take())
  expect(new Set(addresses).size).toBe(254)
  const [, a, b] = (addresses[0] ?? '').split('.').map(Number)
  expect(a).toBeGreaterThanOrEqual(16)
  expect(a).toBeLessThanOrEqual(250)
  expect(Number(b) % 2).toBe(0)
  for (const address of addresses) expect(address.startsWith(`127.${a}.${b}.`)).toBe(true)
})

test('a block that is used up is followed by another', () => {
  const pool = loopbackAddresses(none)
  const addresses = new Set(Array.from({ length: 600 }, () => pool.take()))
  expect(addresses.size).toBe(600)
})

test('an address that was given back is used last', () => {
  const pool = loopbackAddresses(none)
  const first = pool.take()
  pool.release(first)
  pool.release(first)
  const rest = Array.from({ length: 254 }, () => pool.take())
  expect(rest.at(-1)).toBe(first)
  expect(rest.indexOf(first)).toBe(253)
})

test('an address on which somebody listens is passed over', async () => {
  const used = new Set<string>()
  const pool = loopbackAddresses(() => used)
  const first = pool.take()
  const next = first.replace(/\d+$/, (host) => String(Number(host) + 1))
  used.add(next)
  expect(pool.take()).not.toBe(next)
})

test.runIf(process.platform === 'linux')('the listeners of the machine are known by address', async () => {
  const pool = loopbackAddresses()
  const address = pool.take()
  expect(listeningAddresses()).not.toContain(address)
  await using server = createServer().listen(0, address)
  await once(server, 'listening')
  expect(listeningAddresses()).toContain(address)
})
