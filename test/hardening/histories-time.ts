/** A clock that moves only when somebody sleeps or waits for what never comes. Alarms ring as it passes them. */
export const virtualTime = (start = Date.UTC(2026, 10, 22, 17, 42)) => {
  const due = new Map<() => void, number>()
  let time = start

  const next = (): [() => void, number] | undefined => [...due].sort(([, one], [, other]) => one - other)[0]
  const pass = (ms: number): void => {
    const until = time + ms
    for (let first = next(); first && first[1] <= until; first = next()) {
      time = Math.max(time, first[1])
      due.delete(first[0])
      first[0]()
    }
    time = until
  }
  return {
    now: () => time,
    pass,
    /** Until the next alarm, which is how long somebody waits for an answer that never comes. */
    wait: () => pass((next()?.[1] ?? time) - time),
    alarm: (ms: number, ring: () => void): (() => void) => {
      due.set(ring, time + Math.max(0, ms))
      if (ms <= 0) pass(0)
      return () => due.delete(ring)
    },
    sleep: async (ms: number, signal: AbortSignal): Promise<void> => {
      await new Promise((resolve) => setImmediate(resolve))
      if (!signal.aborted) pass(ms)
      if (signal.aborted) throw new Error('woken')
    },
  }
}

export type VirtualTime = ReturnType<typeof virtualTime>
