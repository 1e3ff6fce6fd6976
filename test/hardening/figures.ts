import { appendFileSync } from 'node:fs'
import { afterAll } from 'vitest'

/** Whether the long forms run: `npm run hardening` sets it. */
const long = process.env.LONG === '1'

/** How many cases to try: few in `npm test`, many in `npm run hardening`. */
export const cases = (few: number, many: number): number => (long ? many : few)

/** What one row of the table in docs/security.md is made of. */
export interface Figure {
  /** The claim that was tried, as the table shows it: "A confirmation altered in any way is refused". */
  readonly claim: string
  readonly tried: number
  readonly failed: number
}

/** Counts the cases of one claim over a test file, and hands the figure to `npm run hardening` when the file ends. */
export const tally = (claim: string) => {
  let [tried, failed] = [0, 0]
  afterAll(() => {
    const file = process.env.HARDENING_FIGURES
    if (file) appendFileSync(file, `${JSON.stringify({ claim, tried, failed } satisfies Figure)}\n`)
  })
  return {
    /** Counts cases in which it held, and returns how many there are. */
    held: (cases = 1): number => (tried += cases),
    /** Runs one case; a case that throws has failed, and still throws. */
    during: async <T>(work: () => T | Promise<T>): Promise<T> => {
      tried += 1
      try {
        return await work()
      } catch (error) {
        failed += 1
        throw error
      }
    },
  }
}
