import { digest } from './approval.ts'
import type { Call } from './call.ts'

/** As many writes as are remembered; the earliest are forgotten first. */
const most = 1000

/** Writes alike this far apart, in milliseconds, may be taken for each other: clocks differ, and a write may take its time. */
const apart = 600_000

interface Sent {
  readonly digest: string
  readonly key: string | undefined
  readonly at: number
}

/**
 * Which writes were alike. A note with the same words twice shows in the list once or twice, and a look at the list does not
 * tell which of the two it was that came.
 */
export const echoes = () => {
  let sent: readonly Sent[] = []
  return {
    /** Remembers a write sent at `at`; returns what forgets it, once it is known that it did not happen. */
    sound: ({ operation, input, idempotencyKey: key }: Call, at: number): (() => void) => {
      const one: Sent = { digest: digest(operation.name, input), key, at }
      sent = [...sent.slice(-most + 1), one]
      return () => {
        sent = sent.filter((other) => other !== one)
      }
    },
    /** Whether another write may be taken for the one sent at `at`. */
    isAmbiguous: ({ operation, input, idempotencyKey: key }: Call, at: number): boolean => {
      const like = digest(operation.name, input)
      const alike = sent.filter((other) => other.digest === like && other.at > at - apart)
      const itself = (one: Sent) => one.key === key && (key !== undefined || one.at === at)
      return alike.length > (alike.some(itself) ? 1 : 0)
    },
  }
}
