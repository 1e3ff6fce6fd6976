import type { History } from './history.ts'

const isBlank = (line: string): boolean => /^[>\s]*$/.test(line)
const isQuoted = (line: string): boolean => /^ {0,3}>/.test(line)
const isForwarded = (line: string): boolean => /^[\s>*-]{0,20}(?:Begin forwarded|Forwarded) message\b/i.test(line)
const isOriginal = (line: string): boolean => line.startsWith('--') && /^-{2,20} ?(?:Original Message|Ursprüngliche Nachricht|Message d'origine|Mensaje original) ?-{2,20}$/i.test(line)

const attribution = /^(?:On|Am|Le|El|Il|Em|Op|Den|W dniu)\b.*\b(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|napisał)(?!\w).*:$/i

/** "On … wrote:", which may be broken over up to three lines that end before `end`: where it begins. */
const attributionBefore = (lines: readonly string[], end: number): number | undefined => {
  const last = lastSaid(lines, end)
  return [last, last - 1, last - 2].find((start) => {
    const sentence = start < 0 ? [] : lines.slice(start, last + 1)
    return sentence.every((line) => line.length < 300) && attribution.test(sentence.map((line) => line.trim()).join(' '))
  })
}

/** The last line before `end` that says something, or -1. */
const lastSaid = (lines: readonly string[], end: number): number => {
  let at = end - 1
  while (at >= 0 && isBlank(lines[at]!)) at -= 1
  return at
}

/** Quoted lines to the very end, under a line that says who wrote them; or all after "Original Message". */
const trailing = (lines: readonly string[], since: number): History[] => {
  const original = lines.findIndex((line, index) => index >= since && isOriginal(line))
  if (original >= 0) return [{ from: original, to: lines.length, prefix: '' }]
  let from = lines.length
  while (from > since && (isBlank(lines[from - 1]!) || isQuoted(lines[from - 1]!))) from -= 1
  const start = lines.slice(from).some(isQuoted) ? attributionBefore(lines, from) : undefined
  return start === undefined || start < since ? [] : [{ from: start, to: lines.length, prefix: '' }]
}

/** From the line that says who wrote it, or the rule above it, to the last that says something; undefined for what is empty or forwarded. */
const trimmed = (lines: readonly string[], { from, to, prefix }: History): History | undefined => {
  let start = from
  while (start < to && isBlank(lines[start]!)) start += 1
  if (start === to) return undefined
  const above = lastSaid(lines, from)
  if (isForwarded(lines[start]!) || isForwarded(lines[above] ?? '')) return undefined
  if (lines[above] === '---') start = above
  return { from: attributionBefore(lines, start) ?? start, to: lastSaid(lines, to) + 1, prefix }
}

/** With what is apart by blank lines only, as the line that says who wrote it and the quote, taken together. */
const together = (lines: readonly string[], histories: readonly History[]): History[] => {
  const taken: History[] = []
  for (const history of histories.toSorted((a, b) => a.from - b.from)) {
    const before = taken.at(-1)
    const joins = before !== undefined && lastSaid(lines, history.from) < before.to
    if (joins) taken[taken.length - 1] = { ...before, to: Math.max(before.to, history.to) }
    else taken.push(history)
  }
  return taken
}

/**
 * The lines with each history as one, which says how many they were. Where nothing else is said, the history is the
 * message, and stays.
 */
export const folded = (lines: readonly string[], marked: readonly History[]): readonly string[] => {
  const all = [...marked, ...trailing(lines, marked.at(-1)?.to ?? 0)].map((each) => trimmed(lines, each)).filter((each) => each !== undefined)
  const histories = together(lines, all)
  if (!histories.length) return lines
  const ends = [0, ...histories.map(({ to }) => to)]
  const kept = [...histories.map(({ from }) => from), lines.length].map((from, index) => lines.slice(ends[index], from))
  if (kept.flat().every(isBlank)) return lines
  return kept.flatMap((own, index) => (histories[index] ? [...own, inBrief(histories[index])] : own))
}

const inBrief = ({ from, to, prefix }: History): string => `${prefix}[quoted history: ${to - from} ${to - from === 1 ? 'line' : 'lines'}]`
