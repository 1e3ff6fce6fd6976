/** The candidate a misspelt word most likely means; undefined when none is near. */
export const nearest = (word: string, candidates: readonly string[]): string | undefined => {
  const asked = word.toLowerCase()
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distance(asked, candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const best = ranked[0]
  return best && best.distance <= Math.max(2, Math.floor(word.length / 3)) ? best.candidate : undefined
}

/** `; did you mean "email"?`, or nothing. */
export const suggestion = (word: string, candidates: readonly string[]): string => {
  const near = nearest(word, candidates)
  return near ? ` Did you mean "${near}"?` : ''
}

/** Edits (insert, delete, replace, swap neighbours) between two words of at most 64 characters. */
const distance = (a: string, b: string): number => {
  if (a.length > 64 || b.length > 64) return Infinity
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const replace = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2]! + 1 : Infinity
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, replace, swap)
    }
    before = row
    row = next
  }
  return row[b.length]!
}
