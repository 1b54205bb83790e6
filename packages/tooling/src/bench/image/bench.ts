import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ImageJob, imageJob, withoutDocker } from '@ecs-release/testbed'
import { median } from '../cpu-time.ts'
import { firstFiles, projectFiles } from './project.ts'
import { type Task, type Way, ways } from './ways.ts'

const rounds = { cold: 3, warm: 5 }

type Times = ReadonlyMap<string, number[]>

/** How long it takes to build an image and push it with five tags, cold, warm, and once more for the same commit. */
export async function buildBench(root: string): Promise<string[]> {
  const missing = await withoutDocker()
  if (missing !== undefined) throw new Error(`npm run bench -- build needs Docker: ${missing}`)
  execFileSync(process.execPath, ['bundle.ts'], { cwd: join(root, 'example-app') })
  // Time passes a hundred times faster in the job's AWS, and the login by hand is to last.
  const options = { tokenLifetime: 100 * 12 * 3600 }
  const mark = `bench-${randomUUID()}`
  await using job = await imageJob(join(root, 'actions/build-push-ecr'), projectFiles(root, mark), options)
  const { ours, others, tidy } = await ways(job)
  const contenders = [ours, ...others]
  await using _ = { [Symbol.asyncDispose]: () => tidy(mark) }
  const cold = await measureCold(job, contenders, mark)
  const { warm, again } = await measureWarm(job, contenders)
  return [
    ...lines(`cold (nothing cached, empty repositories; median of ${rounds.cold})`, cold),
    ...lines(`warm (a new commit, every layer cached; median of ${rounds.warm})`, warm),
    ...lines(`again (the same commit once more; median of ${rounds.warm})`, again),
  ]
}

/** Each build has files that no other has had, and repositories that nobody has pushed to. The builder's cache is left alone. */
async function measureCold(job: ImageJob, contenders: readonly Way[], mark: string): Promise<Times> {
  const times = emptyTimes(contenders)
  for (let round = 0; round < rounds.cold; round += 1) {
    // Whoever comes first would meet the busy moment after the round before.
    for (const way of turned(contenders, round)) {
      const repository = `cold-${round}-${contenders.indexOf(way)}`
      await job.repository(repository)
      await job.repository(`${repository}-cache`)
      for (const file of firstFiles(mark)) appendFileSync(join(job.workspace, file), `// ${randomUUID()}\n`)
      times.get(way.name)?.push(await seconds(way, { repository, commit: commit(job), number: round + 1 }))
      // The local registry keeps all in memory.
      for (const name of [repository, `${repository}-cache`]) job.images.repositories.delete(name)
    }
  }
  return times
}

async function measureWarm(
  job: ImageJob,
  contenders: readonly Way[],
): Promise<{ warm: Times; again: Times }> {
  const [warm, again] = [emptyTimes(contenders), emptyTimes(contenders)]
  for (const index of contenders.keys()) {
    await job.repository(`warm-${index}`)
    await job.repository(`warm-${index}-cache`)
  }
  // The first two rounds fill the caches and are not counted.
  for (let round = -2; round < rounds.warm; round += 1) {
    for (const way of turned(contenders, round + 2)) {
      const repository = `warm-${contenders.indexOf(way)}`
      const task = { repository, commit: commit(job), number: round + 3 }
      const [first, second] = [await seconds(way, task), await seconds(way, task)]
      if (round < 0) continue
      warm.get(way.name)?.push(first)
      again.get(way.name)?.push(second)
    }
  }
  return { warm, again }
}

async function seconds(way: Way, task: Task): Promise<number> {
  const began = performance.now()
  await way.run(task)
  return (performance.now() - began) / 1000
}

/** A new commit of the files as they are. */
function commit({ workspace }: ImageJob): string {
  const git = (...args: string[]): string => {
    const who = ['-c', 'user.name=Octo', '-c', 'user.email=octo@example.com', '-c', 'commit.gpgsign=false']
    return execFileSync('git', [...who, '-C', workspace, ...args], { encoding: 'utf8' }).trim()
  }
  git('commit', '--quiet', '--all', '--allow-empty', '--message=Change something or nothing')
  return git('rev-parse', 'HEAD')
}

function turned<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length
  return [...items.slice(start), ...items.slice(0, start)]
}

function emptyTimes(contenders: readonly Way[]): Times {
  return new Map(contenders.map(({ name }) => [name, []]))
}

/** Ours first, and beside each of the others what ours takes of its time. */
function lines(title: string, times: Times): string[] {
  const medians = [...times].map(([name, measured]) => ({ name, time: median(measured), measured }))
  const ours = medians[0]?.time ?? Number.NaN
  const told = medians.map(({ name, time, measured }, index) => {
    const spread = `${Math.min(...measured).toFixed(2)} to ${Math.max(...measured).toFixed(2)}`
    const ratio = index === 0 ? '' : ` → build-push-ecr takes ${(ours / time).toFixed(2)} × as long`
    return `  ${name}: ${time.toFixed(2)} s (${spread})${ratio}`
  })
  return [title, ...told]
}
