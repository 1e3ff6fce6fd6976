import { type Call, interrupted, type World } from './call.ts'

interface Waiting {
  readonly call: Call
  readonly go: () => void
}

/** A line of callers, first come first served, that wakes when the head's wait is over. */
export const queue = ({ sleep }: World, delayOfHead: () => number) => {
  const waiting: Waiting[] = []
  let alarm: AbortController | undefined

  const serve = (): void => {
    alarm?.abort()
    alarm = undefined
    while (waiting.length > 0) {
      const ms = delayOfHead()
      if (ms > 0) return wakeIn(ms)
      waiting.shift()!.go()
    }
  }
  const wakeIn = (ms: number): void => {
    if (ms === Infinity) return // the next answer will serve
    const { signal } = (alarm = new AbortController())
    sleep(ms, signal).then(() => signal.aborted || serve(), () => {}) // rejects only when another alarm took its place
  }
  const join = (call: Call, depart: () => void): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(entry), 1)
        reject(interrupted(call, 'not_sent'))
        serve()
      }
      const entry: Waiting = {
        call,
        go: () => {
          call.ending.unwatch(leave)
          depart()
          resolve()
        },
      }
      if (call.ending.reason) return reject(interrupted(call, 'not_sent'))
      call.ending.watch(leave)
      waiting.push(entry)
      if (waiting.length === 1) serve()
    })
  return { join, serve, isEmpty: () => waiting.length === 0, length: () => waiting.length }
}
