/** Milliseconds that a notification may be old, or ahead of this machine's clock. Intercom's last attempt comes within them. */
const fresh = 12 * 3_600_000

/** Nothing that is forgotten is still fresh: what came by a clock that is late by all of `fresh` is old after twice that. */
const remembered = 2 * fresh

/** Most notifications that are remembered. */
const most = 100_000

/**
 * Whether a notification, made at a time in milliseconds, came for the first time. What is too old to be known is taken for one that
 * came before: Intercom's signatures do not end, so that anybody who saw one could post it again.
 */
export const firstTimes = (now: () => number, room = most): ((id: string, madeAt: number) => boolean) => {
  const seen = new Map<string, { readonly at: number; readonly madeAt: number }>()
  let floor = -Infinity
  const drop = (id: string): void => {
    floor = Math.max(floor, seen.get(id)!.madeAt)
    seen.delete(id)
  }
  return (id, madeAt) => {
    const at = now()
    for (const [old, { at: then }] of seen) {
      if (at - then <= remembered) break
      seen.delete(old)
    }
    if (seen.has(id) || madeAt <= floor || !(Math.abs(at - madeAt) <= fresh)) return false
    seen.set(id, { at, madeAt })
    if (seen.size > room) drop(seen.keys().next().value!)
    return true
  }
}
