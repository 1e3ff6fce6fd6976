import type * as z from 'zod'
import type { Narrowing } from '../tools/rules.ts'
import type { Filed } from './json-file.ts'
import { Misuse } from './misuse.ts'
import { type Ground, rights } from './offer.ts'
import { narrowingOf, sourceOf } from './policy.ts'
import type { PolicyFile } from './policy-file.ts'

/** What a policy means that stands at `path` of another file. Throws {@link Misuse}, which names the place, also when it leaves no tool of the ground's. */
export const narrowingAt = (path: readonly string[], policy: z.output<typeof PolicyFile>, place: Filed<unknown>['place'], ground: Pick<Ground, 'published' | 'narrowing'>): Narrowing => {
  const narrowing = narrowingOf(sourceOf(policy, (key) => place([...path, key])), ground.published)
  try {
    rights(ground, narrowing)
    return narrowing
  } catch (error) {
    throw error instanceof Misuse ? new Misuse(`${place(path)}: ${error.message}`) : error
  }
}
