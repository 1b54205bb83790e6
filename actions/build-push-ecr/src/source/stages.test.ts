import { expect, test } from 'vitest'
import { hasStage, stagesOf } from './stages.ts'

test.each<[string, string, string[], number]>([
  [
    'names in any case',
    'FROM node AS build\nRUN a\nfrom build as Test\nFROM scratch\n',
    ['build', 'Test'],
    3,
  ],
  ['a platform', 'FROM --platform=$BUILDPLATFORM node:24 AS build\r\nFROM build\r\n', ['build'], 2],
  ['lines that go on', 'FROM \\\n  # why\n  node:24 \\\n  AS build\n', ['build'], 1],
  [
    'another escape',
    '# escape=`\nFROM node `\n AS build\nRUN a\\\nFROM scratch AS last\n',
    ['build', 'last'],
    2,
  ],
  [
    'a backtick that goes on nowhere',
    'FROM node AS build\nRUN x=`date`\nFROM scratch AS last\n',
    ['build', 'last'],
    2,
  ],
  ['the frontend of Docker', '# syntax=docker/dockerfile:1\nFROM node AS build\n', ['build'], 1],
])('%s', (_, text, names, count) => {
  expect(stagesOf(text)).toEqual({ names, count })
})

test('of another frontend nothing is known', () => {
  expect(stagesOf('# syntax = ghcr.io/reproducible/nix:1\n{ }\n')).toBeUndefined()
})

test.each([
  ['build', true],
  ['BUILD', true],
  ['0', true],
  ['1', true],
  ['2', false],
  ['debug', false],
])('there is a stage %s: %s', (target, expected) => {
  expect(hasStage({ count: 2, names: ['build', 'final'] }, target)).toBe(expected)
})
