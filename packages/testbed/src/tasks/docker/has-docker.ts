import { setTimeout as delay } from 'node:timers/promises'
import { engineAt, engineSocket } from './engine.ts'

const patience = 3000

/** Why tasks cannot run as containers here; undefined when they can. */
export async function withoutDocker(): Promise<string | undefined> {
  const socket = engineSocket()
  if (socket === undefined)
    return `DOCKER_HOST names an engine on another machine: ${process.env.DOCKER_HOST}`
  if (process.platform !== 'linux') return 'containers cannot be published on 127.x.y.z on this system'
  const asked = engineAt(socket).call('GET', '/version')
  const late = delay(patience, undefined, { ref: false }).then(() => {
    throw new Error(`no answer within ${patience} ms`)
  })
  try {
    const { Os } = await Promise.race([asked, late])
    return Os === 'linux' ? undefined : `the engine runs ${Os} containers`
  } catch (error) {
    return `no container engine at ${socket}: ${error instanceof Error ? error.message : error}`
  }
}

/** Whether this machine has a container engine that can run the tasks. */
export async function hasDocker(): Promise<boolean> {
  return (await withoutDocker()) === undefined
}
