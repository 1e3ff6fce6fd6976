/** The middle of the numbers. */
export const median = (numbers: readonly number[]): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

/** Runs the tasks in turn, `runs` times after one warm-up, so that a machine's moods fall on all of them alike. */
export const interleaved = async <Name extends string, T>(runs: number, tasks: Record<Name, () => Promise<T>>): Promise<Record<Name, T[]>> => {
  const names = Object.keys(tasks) as Name[] // Object.keys forgets which keys
  const samples = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>
  for (let run = 0; run <= runs; run++) {
    for (const name of names) {
      const sample = await tasks[name]()
      if (run > 0) samples[name].push(sample)
    }
    process.stderr.write(`\r  ${run}/${runs}${run === runs ? '\n' : ''}`)
  }
  return samples
}

/** The median of what each task returned when they ran {@link interleaved}. */
export const medians = async <Name extends string>(runs: number, tasks: Record<Name, () => Promise<number>>): Promise<Record<Name, number>> => {
  const samples = await interleaved(runs, tasks)
  return Object.fromEntries(Object.entries<number[]>(samples).map(([name, taken]) => [name, median(taken)])) as Record<Name, number>
}
