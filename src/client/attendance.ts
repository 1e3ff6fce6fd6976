/** Who is inside, and when the last one has left. */
export const attendance = () => {
  let inside = 0
  let last: (() => void) | undefined
  return {
    during: async <Result>(work: () => Promise<Result>): Promise<Result> => {
      inside += 1
      try {
        return await work()
      } finally {
        inside -= 1
        if (inside === 0) last?.()
      }
    },
    /** How many are inside. */
    count: () => inside,
    /** Resolves once nobody is inside. Asked once, when nobody may enter any more. */
    over: () => new Promise<void>((resolve) => (inside === 0 ? resolve() : (last = resolve))),
  }
}
