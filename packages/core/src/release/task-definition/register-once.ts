import { isJsonObjectList, type JsonObject } from '../../aws/json.ts'
import type { ReleaseCalls } from '../calls.ts'
import { type TakeEffectOptions, takeEffect } from '../take-effect.ts'
import { sameTaskDefinition } from './canonical.ts'
import { familyOf } from './document.ts'
import { type Registered, sameTags } from './register.ts'

export interface RegisterOnceOptions
  extends Pick<TakeEffectOptions<Registered>, 'clock' | 'deadline' | 'signal' | 'trouble' | 'random'> {
  calls: Pick<ReleaseCalls, 'register' | 'taskDefinition'>
}

/**
 * Registers a task definition once: where the answer of RegisterTaskDefinition got lost, the newest revision of the family
 * tells whether it took effect. It did where that says the same, as nothing is registered that the family already says.
 */
export function registerOnce(
  body: JsonObject,
  { calls, ...options }: RegisterOnceOptions,
): Promise<Registered> {
  const { tags, ...definition } = body
  return takeEffect({
    ...options,
    send: () => calls.register(body),
    async effect() {
      const newest = await calls.taskDefinition(familyOf(definition))
      const isOurs =
        newest !== undefined &&
        sameTaskDefinition(definition, newest.definition) &&
        sameTags(isJsonObjectList(tags) ? tags : [], newest.tags)
      return isOurs ? newest : undefined
    },
  })
}
