/** Numbers from 0 up to 1 that are the same in each run. */
export const dice = (seed: number): (() => number) => {
  let state = seed
  return () => (state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31
}
