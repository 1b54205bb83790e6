import type { Route } from '../balancer/front.ts'
import { tail } from './arns.ts'
import { meets } from './conditions.ts'
import type { Listener } from './model.ts'

/** What the first matching rule of a listener says; rules are kept by priority with the default rule last. */
export function routeRequest(listener: Listener, request: { path: string; host: string }): Route {
  const rule = listener.rules.find((one) => one.conditions.every((condition) => meets(condition, request)))
  if (rule === undefined) return { kind: 'nowhere' }
  if (rule.action.kind === 'fixed-response') return { ...rule.action, kind: 'fixed' }
  const group = rule.action.next()
  if (group === undefined) return { kind: 'nowhere' }
  return { kind: 'forward', pool: group.pool, targetGroup: tail(group.arn) }
}
