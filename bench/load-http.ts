import type { Child } from './child.ts'
import { repeat } from './load.ts'

/** What a server did under load. */
export interface Figures {
  /** Milliseconds of the server's CPU for one answer. */
  readonly cpu: number
  /** Answers a second. */
  readonly rate: number
  /** Milliseconds within which half of the answers came. */
  readonly half: number
  /** And 99 of 100. */
  readonly most: number
}

/** Puts a server under load by so many who each ask again when they are answered. */
export const loaded = async (server: Child, width: number, ask: (serial: number) => Promise<void>): Promise<Figures> => {
  const count = Math.max(300, 4 * width)
  const waits: number[] = []
  const timed = async (serial: number) => {
    const asked = performance.now()
    await ask(serial)
    waits.push(performance.now() - asked)
  }
  const [before, began] = [await server.usage(), performance.now()]
  await repeat(count, width, timed)
  const seconds = (performance.now() - began) / 1000
  const cpu = ((await server.usage()).cpu - before.cpu) / count / 1000
  waits.sort((one, other) => one - other)
  return { cpu, rate: count / seconds, half: waits[count >> 1]!, most: waits[Math.floor(count * 0.99)]! }
}
