import type { Redis } from 'ioredis'
import * as z from 'zod'

export type Listener = (news: unknown) => void

const Message = z.tuple([z.string(), z.string(), z.unknown()])

/** Passes what replicas tell each other to whoever listens here, through one channel. `missed` is called when some may have been lost. */
export const switchboard = (ears: Redis, channel: string, self: string, missed: () => void) => {
  const listening = new Map<string, Set<Listener>>()

  const hear = (topic: string, listener: Listener): (() => void) => {
    const listeners = listening.get(topic) ?? new Set()
    listening.set(topic, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && listening.get(topic) === listeners) listening.delete(topic)
    }
  }
  ears.on('message', (_, text) => {
    const { from, topic, news } = read(text) ?? {}
    if (topic !== undefined && from !== self) listening.get(topic)?.forEach((listener) => listener(news))
  })
  ears.on('ready', () => {
    ears.subscribe(channel).then(missed, () => {}) // once it was allowed at the start, it fails only when the connection ends, and begins again with the next
  })
  return { channel, hear, written: (topic: string, news: unknown) => JSON.stringify([self, topic, news]) }
}

/** Undefined for what no replica wrote: whoever may use this Redis can publish there. */
const read = (text: string) => {
  try {
    const [from, topic, news] = Message.parse(JSON.parse(text))
    return { from, topic, news }
  } catch {
    return undefined
  }
}
