import { expect, test } from 'vitest'
import { checkInvariants } from './invariants.ts'
import { type ServiceSnapshot, snapshot, type TaskSnapshot } from './snapshot.ts'
import { good } from './testing/behaviour.ts'
import { stage } from './testing/stage.ts'

const task = (change: Partial<TaskSnapshot> = {}): TaskSnapshot => ({
  deployment: 'a',
  status: 'RUNNING',
  desired: 'RUNNING',
  healthy: true,
  draining: false,
  stopCode: undefined,
  ...change,
})
const state = (change: Partial<ServiceSnapshot> = {}): ServiceSnapshot => ({
  status: 'ACTIVE',
  deployments: [{ id: 'a', status: 'PRIMARY' }],
  serviceDeployments: new Map([['d', 'IN_PROGRESS']]),
  tasks: new Map([
    ['1', task()],
    ['2', task()],
  ]),
  events: 0,
  ...change,
})
const tasks = (...states: TaskSnapshot[]): Pick<ServiceSnapshot, 'tasks'> => ({
  tasks: new Map(states.map((one, index) => [String(index + 1), one])),
})
const gone = (stopCode: string, healthy = true): TaskSnapshot =>
  task({ status: 'DEACTIVATING', desired: 'STOPPED', stopCode, healthy })

/** A service of two tasks at 100/150: neither may go, one may come. */
async function check(before: ServiceSnapshot, after: ServiceSnapshot): Promise<void> {
  await using on = stage()
  checkInvariants(on.create(on.release(good), { maximumPercent: 150 }), before, after)
}

test.each<[string, Partial<ServiceSnapshot>, Partial<ServiceSnapshot>, RegExp]>([
  ['no PRIMARY', {}, { deployments: [{ id: 'a', status: 'ACTIVE' }] }, /0 PRIMARY deployments/],
  [
    'two PRIMARY',
    {},
    {
      deployments: [
        { id: 'a', status: 'PRIMARY' },
        { id: 'b', status: 'PRIMARY' },
      ],
    },
    /2 PRIMARY/,
  ],
  [
    'PRIMARY not first',
    {},
    {
      deployments: [
        { id: 'b', status: 'ACTIVE' },
        { id: 'a', status: 'PRIMARY' },
      ],
    },
    /not the first/,
  ],
  [
    'listed twice',
    {},
    {
      deployments: [
        { id: 'a', status: 'PRIMARY' },
        { id: 'a', status: 'ACTIVE' },
      ],
    },
    /listed twice/,
  ],
  ['a stray task', {}, tasks(task(), task({ deployment: 'z' })), /task 2 belongs to no deployment/],
  ['INACTIVE with a task', {}, { status: 'INACTIVE', deployments: [] }, /INACTIVE service has tasks/],
  ['101 events', {}, { events: 101 }, /101 events/],
  [
    'too many',
    {},
    tasks(task(), task(), task({ status: 'PROVISIONING' }), task({ status: 'PROVISIONING' })),
    /4 tasks running or pending, the maximum is 3/,
  ],
  [
    'a healthy task drained',
    {},
    tasks(task(), task({ draining: true })),
    /1 healthy tasks let go, 1 are left, the minimum is 2/,
  ],
  ['a healthy task stopped', {}, tasks(task(), gone('ServiceSchedulerInitiated')), /1 healthy tasks let go/],
  [
    'a task that was never pending',
    {},
    tasks(task(), task(), task({ status: 'RUNNING' })),
    /task 3 began as RUNNING/,
  ],
  [
    'a task that goes back',
    tasks(task(), task({ status: 'STOPPING', desired: 'STOPPED' })),
    {},
    /from STOPPING to RUNNING/,
  ],
  [
    'a STOPPED task that moves',
    tasks(task(), task({ status: 'STOPPED' })),
    tasks(task(), task({ status: 'DEPROVISIONING' })),
    /from STOPPED to DEPROVISIONING/,
  ],
  ['a stopped task wanted again', tasks(task(), task({ desired: 'STOPPED' })), {}, /task 2 is wanted again/],
  [
    'SUCCESSFUL that goes on',
    { serviceDeployments: new Map([['d', 'SUCCESSFUL']]) },
    {},
    /from SUCCESSFUL to IN_PROGRESS/,
  ],
  [
    'from IN_PROGRESS to ROLLBACK_FAILED and back',
    { serviceDeployments: new Map([['d', 'ROLLBACK_IN_PROGRESS']]) },
    { serviceDeployments: new Map([['d', 'SUCCESSFUL']]) },
    /from ROLLBACK_IN_PROGRESS to SUCCESSFUL/,
  ],
  [
    'a deployment that begins in the middle',
    {},
    {
      serviceDeployments: new Map([
        ['d', 'IN_PROGRESS'],
        ['e', 'SUCCESSFUL'],
      ]),
    },
    /e began as SUCCESSFUL/,
  ],
])('%s is a violation', async (_, before, after, problem) => {
  await expect(check(state(before), state(after))).rejects.toThrow(problem)
})

test.each<[string, Partial<ServiceSnapshot>, Partial<ServiceSnapshot>]>([
  ['nothing', {}, {}],
  ['one more task', {}, tasks(task(), task(), task({ status: 'PROVISIONING' }))],
  [
    'too many tasks, none of them new',
    tasks(task(), task(), task(), task()),
    tasks(task(), task(), task(), task()),
  ],
  ['a task that ended by itself', {}, tasks(task(), gone('EssentialContainerExited'))],
  ['a task that a user stopped', {}, tasks(task(), gone('UserInitiated'))],
  ['an unhealthy task stopped', {}, tasks(task(), gone('ServiceSchedulerInitiated', false))],
  ['a surplus task let go', tasks(task(), task(), task()), tasks(task(), task(), task({ draining: true }))],
  [
    'a drained task stopped',
    tasks(task(), task({ draining: true })),
    tasks(task(), { ...gone('ServiceSchedulerInitiated'), draining: true }),
  ],
  [
    'a DRAINING service without PRIMARY',
    { status: 'DRAINING' },
    { status: 'DRAINING', deployments: [{ id: 'a', status: 'ACTIVE' }] },
  ],
  ['100 events', {}, { events: 100 }],
  ['several moves at once', {}, { serviceDeployments: new Map([['d', 'ROLLBACK_FAILED']]) }],
])('%s is none', async (_, before, after) => {
  await expect(check(state(before), state(after))).resolves.toBeUndefined()
})

test('a snapshot does not follow the service', async () => {
  await using on = stage()
  const service = on.create(on.release(good))
  const before = snapshot(service)
  await on.clock.advance(60)
  expect(before.tasks.size).toBe(0)
  expect([...before.serviceDeployments.values()]).toEqual(['PENDING'])
})
