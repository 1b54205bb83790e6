import type { JsonObject } from '@ecs-release/testbed'
import { editDeployment, objects } from './answers.fixture.ts'
import { balanced, type World, type WorldOptions } from './world.fixture.ts'

/** The call that is made only when targets have drained for 45 seconds of the action's own time. */
export const afterLongDraining = 'elasticloadbalancing:DescribeTargetGroupAttributes'

export const draining: WorldOptions = { ...balanced, timeScale: 60 }

/** Lets an old target drain, and the deployment go on for it, until the action has asked for the attributes of the target group. */
export function drainForLong({ testbed }: World): void {
  const { calls, faults } = testbed
  const asked = () => calls.of('elasticloadbalancing', 'DescribeTargetGroupAttributes').length > 0
  const old = { Target: { Id: '10.0.0.9', Port: 8080 }, TargetHealth: { State: 'draining' } }
  const withOld = ({ TargetHealthDescriptions: targets, ...body }: JsonObject): JsonObject => ({
    ...body,
    TargetHealthDescriptions: asked() ? objects(targets) : [...objects(targets), old],
  })
  faults.inject({
    service: 'elasticloadbalancing',
    operation: 'DescribeTargetHealth',
    fault: { kind: 'answer', change: withOld },
  })
  faults.inject(editDeployment((each) => (asked() ? each : { ...each, status: 'IN_PROGRESS' })))
}
