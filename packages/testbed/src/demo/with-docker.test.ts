import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { aWholeDemo, demo, missingBuilds, outcomes } from './demo.fixture.ts'

const docker = (...args: string[]): string[] =>
  execFileSync('docker', args, { encoding: 'utf8' }).split('\n').filter(Boolean)

/** The images of the running containers that are tasks of some testbed. */
function taskImages(): string[] {
  const filter = 'label=com.amazonaws.ecs.container-name=app'
  return docker('ps', '--no-trunc', '--filter', filter, '--format', '{{.Image}}')
}

// One after the other: the same commit gives the same digest, and the engine tells the containers of two demos apart by nothing else.
describe.skipIf(missingBuilds !== undefined)('Docker: the demo', () => {
  test(
    'builds and pushes each release, and its tasks are containers of exactly what was pushed',
    async () => {
      const running: string[][] = []
      const digests: string[] = []
      const { report, story } = await demo(['--heal', 'v3'], (line) => {
        const digest = /containers of (sha256:[0-9a-f]{64}) are running/.exec(line)?.[1]
        if (digest === undefined) return
        digests.push(digest)
        running.push(taskImages().filter((image) => image.endsWith(`/orders@${digest}`)))
      })
      expect(story).toContain('Docker is here: build-push-ecr builds and pushes each release')
      expect(outcomes(report)).toEqual({
        v1: 'succeeded',
        v2: 'succeeded',
        v3: 'succeeded',
        v4: 'rolled-back',
      })
      expect(report.results.every(({ expected }) => expected)).toBe(true)
      expect(report.users.errors).toBe(0)
      const pushed = [...story.matchAll(/build-push-ecr: Pushed orders:main-\S+ as (\S+)/g)].map(
        ([, digest]) => digest,
      )
      expect(new Set(pushed).size).toBe(5)
      // After v4, which is rolled back, it is v3 again.
      expect(digests).toEqual([...pushed.slice(1, 4), pushed[3]])
      expect(running.map((images) => images.length)).toEqual([2, 2, 2, 2])
    },
    aWholeDemo,
  )

  test(
    'lets users meet errors behind a load balancer that trusts every task',
    async () => {
      const { report } = await demo(['--without-health-checks'])
      expect(report.users.errors).toBeGreaterThan(0)
    },
    aWholeDemo,
  )
})
