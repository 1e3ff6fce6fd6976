import type { Random } from './ids.ts'

/** What can go wrong, and whether the request runs all the same: then its writes happen, whatever becomes of the answer. */
export const runs = {
  rate_limited: false,
  server_error: false,
  unavailable: false,
  html: false,
  dropped_before: false,
  dropped_after: true,
  truncated: true,
  broken_json: true,
  slow: true,
} as const

export type Kind = keyof typeof runs

/** What is to go wrong, and how often. */
export interface Fault {
  readonly kind: Kind
  /** The name of an operation, or * for whatever is asked, known or not. */
  readonly operation: string
  /** Above 0, up to 1. */
  readonly probability: number
  /** How many requests it still spoils; null for any number. */
  readonly remaining: number | null
  /** Milliseconds of the real clock that `slow` takes. */
  readonly ms: number
  /** Whether `rate_limited` tells the budget in the three X-RateLimit headers. */
  readonly rate_headers: boolean
}

interface NumberedFault extends Fault {
  readonly id: number
}

/** The faults that are set, oldest first. They live as long as the process. */
export interface Faults {
  readonly list: () => readonly NumberedFault[]
  readonly add: (fault: Fault) => NumberedFault
  readonly remove: (id: number) => boolean
  readonly clear: () => void
  /** The first fault that befalls a request for this operation. Chance is asked only where a fault is not certain. */
  readonly draw: (operation: string | undefined) => NumberedFault | undefined
}

export const faultsBy = (random: Random): Faults => {
  let faults: readonly NumberedFault[] = []
  let last = 0
  const befalls = (fault: Fault, operation: string | undefined): boolean =>
    (fault.operation === '*' || fault.operation === operation) && (fault.probability === 1 || random() < fault.probability)
  const spend = (spent: NumberedFault): void => {
    const left = faults.map((fault) => (fault === spent && fault.remaining !== null ? { ...fault, remaining: fault.remaining - 1 } : fault))
    faults = left.filter(({ remaining }) => remaining !== 0)
  }
  return {
    list: () => faults,
    add: (fault) => {
      const numbered = { id: ++last, ...fault }
      faults = [...faults, numbered]
      return numbered
    },
    remove: (id) => {
      const before = faults.length
      faults = faults.filter((fault) => fault.id !== id)
      return faults.length < before
    },
    clear: () => (faults = []),
    draw: (operation) => {
      const drawn = faults.find((fault) => befalls(fault, operation))
      if (drawn) spend(drawn)
      return drawn
    },
  }
}
