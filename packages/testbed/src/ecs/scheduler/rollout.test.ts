import { expect, test } from 'vitest'
import type { Plan } from './rollout.ts'
import { type Given, planned } from './testing/planned.ts'

const nothing: Plan = { start: [], stopUnhealthy: [], stopPending: [], letGo: [], stuck: false }
const start = (count: number, deployment = 'new') => ({ start: [{ deployment, count }] })

test.each<[string, Given, Partial<Plan>]>([
  ['a first deployment starts all', { desired: 3, now: '' }, start(3)],
  ['a tag is resolved by one task first', { desired: 3, now: '', limit: 1 }, start(1)],
  [
    'the throttle starts none and lets none go',
    { desired: 2, percent: [50, 100], now: '', old: 'hh', limit: 0 },
    {},
  ],
  ['desired 0 needs nothing', { desired: 0, now: '' }, {}],
  ['100/200 starts as many again', { desired: 3, now: '', old: 'hhh' }, start(3)],
  ['100/150 starts what fits', { desired: 2, percent: [100, 150], now: '', old: 'hh' }, start(1)],
  ['old ones stay while new ones are not healthy', { desired: 3, now: 'rrp', old: 'hhh' }, {}],
  ['each healthy new one releases an old one', { desired: 3, now: 'hrp', old: 'hhh' }, { letGo: ['old1'] }],
  [
    'all healthy, all old ones go',
    { desired: 3, now: 'hhh', old: 'hhh' },
    { letGo: ['old1', 'old2', 'old3'] },
  ],
  ['what drains is not let go again', { desired: 3, now: 'hhh', old: 'ddd' }, {}],
  ['draining takes room', { desired: 2, percent: [50, 100], now: 'h', old: 'd' }, {}],
  [
    '4 tasks at 50/100: two may be stopped first',
    { desired: 4, percent: [50, 100], now: '', old: 'hhhh' },
    { letGo: ['old1', 'old2'] },
  ],
  ['…and no more while these drain', { desired: 4, percent: [50, 100], now: '', old: 'ddhh' }, {}],
  [
    '…and then two are started',
    { desired: 4, percent: [50, 100], now: '', old: 'hh', oldDesired: 2 },
    start(2),
  ],
  [
    '…with room to start, none is stopped early',
    { desired: 4, percent: [50, 200], now: '', old: 'hhhh' },
    start(4),
  ],
  [
    '1 task at 0/100 stops before it starts',
    { desired: 1, percent: [0, 100], now: '', old: 'h' },
    { letGo: ['old1'] },
  ],
  ['2 tasks at 75/100: neither', { desired: 2, percent: [75, 100], now: '', old: 'hh' }, { stuck: true }],
  ['3 tasks at 100/125: neither', { desired: 3, percent: [100, 125], now: '', old: 'hhh' }, { stuck: true }],
  [
    'blocked but moving is not stuck',
    { desired: 3, percent: [100, 125], now: '', old: 'hhp' },
    { stopPending: ['old3'] },
  ],
  [
    'an unhealthy task is replaced first and stopped at once',
    { desired: 2, now: 'hu' },
    { ...start(1), stopUnhealthy: ['new2'] },
  ],
  [
    'all unhealthy with room for all',
    { desired: 2, now: 'uu' },
    { ...start(2), stopUnhealthy: ['new1', 'new2'] },
  ],
  [
    'without room one unhealthy task makes it',
    { desired: 2, percent: [0, 100], now: 'uu' },
    { stopUnhealthy: ['new1'] },
  ],
  [
    'an old unhealthy task is replaced by its own revision',
    { desired: 1, now: 'p', old: 'u', percent: [100, 300] },
    { ...start(1, 'old'), stopUnhealthy: ['old1'] },
  ],
  [
    '…the new ones having the first claim on room',
    { desired: 1, now: '', old: 'u' },
    { ...start(1), stopUnhealthy: ['old1'] },
  ],
  ['a lost old task is replaced too', { desired: 2, now: 'pp', old: 'h' }, start(1, 'old')],
  ['…but not once a new one serves for it', { desired: 2, now: 'hp', old: 'h' }, {}],
  ['…nor when it had been let go', { desired: 2, now: 'pp', old: 'h', oldDesired: 1 }, {}],
  [
    'superseded: its pending tasks stop, running ones stay',
    { desired: 2, now: 'pp', old: 'pr', oldLimit: 0 },
    { stopPending: ['old1'] },
  ],
  [
    'superseded and unhealthy: just stopped',
    { desired: 2, now: 'pp', old: 'u', oldLimit: 0 },
    { stopUnhealthy: ['old1'] },
  ],
  ['pending tasks of the proven deployment stay', { desired: 2, now: 'pp', old: 'hp' }, {}],
  ['what serves nobody goes first', { desired: 2, now: 'hp', old: 'hr' }, { letGo: ['old2'] }],
  [
    '…as many as are missing beyond those that drain',
    { desired: 2, percent: [0, 100], now: '', old: 'dhh' },
    { letGo: ['old2'] },
  ],
  [
    'an unhealthy old task is not counted as surplus',
    { desired: 2, percent: [0, 200], now: 'hp', old: 'hu' },
    { stopUnhealthy: ['old2'] },
  ],
  [
    'what nobody replaces is stopped all at once',
    { desired: 2, now: 'pp', old: 'uu', oldLimit: 0 },
    { stopUnhealthy: ['old1', 'old2'] },
  ],
  ['…also when it is too many anyway', { desired: 1, now: 'huu' }, { stopUnhealthy: ['new2', 'new3'] }],
  [
    '…and only as many in all as are too many',
    { desired: 2, percent: [0, 300], now: 'h', old: 'hhr', oldDesired: 3 },
    { ...start(1), letGo: ['old3', 'old1'] },
  ],
  [
    'old and new ones together keep the minimum',
    { desired: 1, percent: [200, 600], now: 'hhh', old: 'hh' },
    { letGo: ['old1', 'old2', 'new1'] },
  ],
  [
    'as long as some can start it is not stuck',
    { desired: 3, percent: [100, 150], now: '', old: 'hhh' },
    start(1),
  ],
  [
    'failed: starts none, keeps the old ones',
    { desired: 2, now: 'r', old: 'hh', limit: 0, failed: true },
    {},
  ],
  [
    'failed: unhealthy ones are not replaced',
    { desired: 2, now: 'u', limit: 0, failed: true },
    { stopUnhealthy: ['new1'] },
  ],
  [
    'failed: scaling in still works',
    { desired: 1, now: '', old: 'hh', limit: 0, failed: true },
    { letGo: ['old1'] },
  ],
  ['scale out', { desired: 4, now: 'hh' }, start(2)],
  ['scale in', { desired: 1, now: 'hhh' }, { letGo: ['new1', 'new2'] }],
  [
    'scale in takes pending and unproven tasks first',
    { desired: 1, now: 'hrp' },
    { stopPending: ['new3'], letGo: ['new2'] },
  ],
  ['scale in keeps the minimum healthy', { desired: 2, now: 'hhh', percent: [150, 200] }, {}],
  ['to nothing', { desired: 0, now: 'hd', old: 'hp' }, { letGo: ['old1', 'new1'], stopPending: ['old2'] }],
  ['a failed launch keeps its place until it is gone', { desired: 2, now: 'hx' }, {}],
  ['…but takes no room', { desired: 1, percent: [100, 100], now: 'x', old: '', oldDesired: 0 }, {}],
])('%s', (_, given, expected) => {
  const { stopPending, ...rest } = planned(given)
  expect({ ...rest, stopPending }).toEqual({ ...nothing, ...expected })
})
