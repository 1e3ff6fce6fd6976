/** What a longer timer would be taken for is 1 ms. */
const longestTimerMs = 2 ** 31 - 1

/** Runs something after so many milliseconds, unless what it returns is called before. */
export type Alarm = (ms: number, ring: () => void) => () => void

/** Whether a moment is less than `ms` past; never one ahead, as it would be after the clock was set back. */
export const isWithin = (ms: number, moment: number, now: number): boolean => moment <= now && now < moment + ms

/**
 * One timer for everything that is due. Nearly no deadline is ever reached, and arming and clearing a timer for each call
 * would cost more than all else that is done around a request. It keeps no process alive: sockets do that.
 */
export const alarmClock = (): Alarm => {
  const due = new Map<() => void, number>()
  let armed: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined

  const arm = (at: number): void => {
    clearTimeout(armed?.timer)
    armed = { at, timer: setTimeout(strike, Math.min(at - performance.now(), longestTimerMs)).unref() }
  }
  const strike = (): void => {
    armed = undefined
    const now = performance.now() + 1 // timers may strike a fraction early
    for (const [ring, at] of due) if (at <= now && due.delete(ring)) ring()
    if (due.size > 0) arm(Math.min(...due.values()))
  }
  const set = (ms: number, ring: () => void): void => {
    const at = performance.now() + ms
    due.set(ring, at)
    if (!armed || at < armed.at) arm(at)
  }
  return (ms, ring) => {
    if (ms > 0) set(ms, ring)
    else ring()
    return () => due.delete(ring)
  }
}
