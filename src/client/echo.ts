import { digest } from './approval.ts'
import type { Call } from './call.ts'

/** As many writes as are remembered; the earliest are forgotten first. */
const most = 1000

/** Writes alike this far apart, in milliseconds, may be taken for each other: clocks differ, and a write may take its time. */
const apart = 600_000

interface Sent {
  readonly digest: string
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
    sound: ({ operation, input }: Call, at: number): (() => void) => {
      const one: Sent = { digest: digest(operation.name, input), at }
      sent = [...sent.slice(-most + 1), one]
      return () => {
        sent = sent.filter((other) => other !== one)
      }
    },
    /** Whether another write may be taken for the one sent at `at`. */
    isAmbiguous: ({ operation, input }: Call, at: number): boolean => {
      const like = digest(operation.name, input)
      const alike = sent.filter((other) => other.digest === like && other.at > at - apart)
      return alike.length > (alike.some((one) => one.at === at) ? 1 : 0)
    },
  }
}
