import { expect, test } from 'vitest'
import type { JsonObject } from '../../aws/json.ts'
import { runsOn, taskPlatform } from './task-platform.ts'

const fargate = { requiresCompatibilities: ['FARGATE'] }

test.each<[string, JsonObject, string | undefined]>([
  ['Fargate alone', fargate, 'linux/amd64'],
  ['ARM64', { ...fargate, runtimePlatform: { cpuArchitecture: 'ARM64' } }, 'linux/arm64'],
  ['X86_64 on EC2', { runtimePlatform: { cpuArchitecture: 'X86_64' } }, 'linux/amd64'],
  [
    'only an operating system',
    { ...fargate, runtimePlatform: { operatingSystemFamily: 'LINUX' } },
    'linux/amd64',
  ],
  [
    'Windows',
    { ...fargate, runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } },
    'windows/amd64',
  ],
  ['EC2, where the instance decides', { requiresCompatibilities: ['EC2'] }, undefined],
  ['both', { requiresCompatibilities: ['EC2', 'FARGATE'] }, undefined],
  ['nothing', {}, undefined],
  ['an architecture of tomorrow', { ...fargate, runtimePlatform: { cpuArchitecture: 'RISCV' } }, undefined],
])('the platform of a task with %s', (_, definition, platform) => {
  expect(taskPlatform(definition)).toBe(platform)
})

test.each([
  ['linux/amd64', 'linux/amd64', true],
  ['linux/arm64', 'linux/arm64/v8', true],
  ['linux/arm64', 'linux/arm/v7', false],
  ['linux/amd64', 'linux/arm64', false],
  ['linux/amd64', 'windows/amd64', false],
])('on %s an image for %s runs: %s', (wanted, platform, expected) => {
  expect(runsOn(wanted, platform)).toBe(expected)
})
