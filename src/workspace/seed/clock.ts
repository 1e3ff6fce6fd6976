const day = 86_400
const hour = 3600

/** Days before the seed is laid (after it, when negative) and the hour of that day, in UTC. */
export type Moment = readonly [days: number, hour: number]

/**
 * Turns moments into unix seconds. They are told from the day on which the seed is laid, so that the workspace never
 * looks abandoned; all of one day see the same workspace. From one day ago on, no moment is in the future.
 */
export interface Clock {
  readonly ago: (days: number, atHour?: number) => number
  readonly moments: <T extends Readonly<Record<string, Moment | undefined>>>(times: T) => { [K in keyof T]: number }
}

export const clock = (now: number): Clock => {
  const today = now - (now % day)
  const ago = (days: number, atHour = 15): number => today - days * day + Math.round(atHour * hour)
  return {
    ago,
    moments: <T extends Readonly<Record<string, Moment | undefined>>>(times: T) =>
      Object.fromEntries(Object.entries(times).map(([name, moment]) => [name, moment && ago(...moment)])) as { [K in keyof T]: number }, // fromEntries forgets the keys
  }
}
