import net from 'node:net'

/** Held open on an address by the load balancer that has it, so that other testbeds on the machine see it is taken. */
const claimPort = 47_911

export interface OwnAddress extends AsyncDisposable {
  address: string
}

async function claim(address: string): Promise<OwnAddress | undefined> {
  const server = net.createServer((socket) => socket.destroy())
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(claimPort, address, () => resolve(true))
  })
  if (!listening) return undefined
  return {
    address,
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The first free address of 127.0.2.1 to 127.0.2.254, kept until it is disposed. */
export async function claimAddress(): Promise<OwnAddress> {
  for (let last = 1; last < 255; last += 1) {
    const own = await claim(`127.0.2.${last}`)
    if (own !== undefined) return own
  }
  throw new Error(
    'No loopback address of 127.0.2.0/24 is free for a load balancer. ' +
      `Testbeds that still run hold them (port ${claimPort}); on macOS add one with "ifconfig lo0 alias 127.0.2.1".`,
  )
}
