/** Numbers that look random and are the same every time: a seed must be laid alike everywhere. */
export interface Chance {
  /** 0 to below `limit`. */
  readonly below: (limit: number) => number
  readonly pick: <T>(from: readonly T[]) => T
  /** True in `percent` of 100 cases. */
  readonly often: (percent: number) => boolean
}

/** A mulberry32 generator. */
export const chance = (seed: number): Chance => {
  let state = seed
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) * limit) / 4_294_967_296 | 0
  }
  return {
    below,
    pick: (from) => from[below(from.length)]!, // below stays inside, and no list here is empty
    often: (percent) => below(100) < percent,
  }
}
