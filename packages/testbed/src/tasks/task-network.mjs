// Loaded into every Node process of a task (NODE_OPTIONS --import), with the task's address in the module's query.
//
// ECS gives each awsvpc task a network namespace: two tasks can listen on the same port, `0.0.0.0` means the task's
// own interface, and `localhost` is the task alone. Making a namespace needs rights that a developer does not have,
// so this module makes the same distinctions with loopback addresses:
//   - listening on no address, 0.0.0.0 or :: → the task's address, which the load balancer reaches;
//   - listening on localhost → a second address of the task, which the load balancer does not know, so that an
//     application that binds to localhost only fails its health check here as it does on ECS;
//   - connecting to localhost → the task's address, then its second one.
//
// What it cannot do: programs that are not Node (curl in a health check) see the machine's own localhost, and so does
// UDP; a server that tells where it listens names the task's address; a task reaches a service of the testbed only by
// an address other than 127.0.0.1. It is JavaScript because stripping types would add its time to every start.
import net from 'node:net'

const given = new URL(import.meta.url).searchParams
const address = given.get('address') ?? '127.0.0.1'
const localhost = address.replace(/\.(\d+)\.(\d+)$/, (_, block, host) => `.${Number(block) ^ 1}.${host}`)

const unspecified = new Set(['', '0.0.0.0', '::', '::0'])
const loopback = new Set(['localhost', '127.0.0.1', '::1'])

function listenHost(host) {
  if (host === undefined || host === null || unspecified.has(host)) return address
  return loopback.has(host) ? localhost : host
}

const isPort = (value) => typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))

function listenArguments([first, second, ...rest]) {
  if (first === undefined || first === null) return [0, address, second, ...rest]
  if (typeof first === 'function') return [0, address, first]
  if (isPort(first)) {
    const hostGiven = typeof second === 'string' || second === undefined || second === null
    return [first, listenHost(hostGiven ? second : undefined), ...(hostGiven ? [] : [second]), ...rest]
  }
  if (typeof first === 'object' && isPort(first.port)) {
    return [{ ...first, host: listenHost(first.host) }, second, ...rest]
  }
  return [first, second, ...rest]
}

function lookup(_host, options, done) {
  if (options.all)
    return done(
      null,
      [address, localhost].map((each) => ({ address: each, family: 4 })),
    )
  return done(null, address, 4)
}

function connectOptions(options) {
  const host = options.host || 'localhost'
  if (!isPort(options.port) || !(loopback.has(host) || unspecified.has(host))) return options
  return { ...options, host: 'localhost', lookup, family: 0, autoSelectFamily: true, localAddress: undefined }
}

function connectArguments([first, second, ...rest]) {
  if (Array.isArray(first)) {
    // net.connect has already put the arguments in order, in an array that it marked; the mark must stay.
    first[0] = connectOptions(first[0])
    return [first, second, ...rest]
  }
  if (isPort(first)) {
    const host = typeof second === 'string' ? second : undefined
    return [connectOptions({ port: first, host }), ...(typeof second === 'function' ? [second] : []), ...rest]
  }
  return typeof first === 'object' ? [connectOptions(first), second, ...rest] : [first, second, ...rest]
}

const { listen } = net.Server.prototype
net.Server.prototype.listen = function (...given) {
  return listen.apply(this, listenArguments(given))
}

const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function (...given) {
  return connect.apply(this, connectArguments(given))
}

// A testbed that is killed can end nothing any more, so its tasks look whether it is still there.
const testbed = Number(given.get('testbed'))
setInterval(() => {
  try {
    process.kill(testbed, 0)
  } catch (error) {
    if (error.code === 'ESRCH') process.exit(1)
  }
}, 1000).unref()
