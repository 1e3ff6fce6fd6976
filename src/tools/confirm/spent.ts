/** Which confirmations were used. */
export interface Spent {
  /** Uses one: true for the first who asks, whoever else asks at the same time. Rejects when that cannot be told. It may be forgotten after `until`, in milliseconds since 1970. */
  readonly spend: (id: string, until: number) => boolean | Promise<boolean>
}

/** Confirmations remembered at once. */
const most = 100_000

/** Those of one process. Beyond `room` nothing can be used until older ones are forgotten. */
export const spentInMemory = (now: () => number, room = most): Spent => {
  const used = new Map<string, number>()
  const forget = () => {
    for (const [id, until] of used) if (until < now()) used.delete(id)
  }
  return {
    spend: (id, until) => {
      if (used.size >= room) forget()
      if (used.has(id) || used.size >= room) return false
      used.set(id, until)
      return true
    },
  }
}
