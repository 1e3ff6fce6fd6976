import { entry, isSaid, silent } from './entry.ts'
import type { Past, Span } from './transcript.ts'

type Document = Record<string, unknown>

/** Neighbouring parts that are told as one: places from the first up to the one behind the last. */
export interface Group {
  readonly from: number
  readonly to: number
}

/** Parts in which nobody says anything are one with their neighbours of that sort, unless each is to stand for itself. */
export const grouped = (parts: readonly Document[], { start, end }: Span, each: boolean): Group[] => {
  const groups: Group[] = []
  const joins = (place: number) => place < end && !isSaid(parts[place]!)
  for (let from = start, to = start; from < end; from = to) {
    do to += 1
    while (!each && !isSaid(parts[from]!) && joins(to))
    groups.push({ from, to })
  }
  return groups
}

/** Tells groups. Of each the texts are made fit to show once only, since they may be long. */
export const teller = ({ parts, show }: Past, first: unknown, full: boolean): ((group: Group) => Document) => {
  const subject = typeof first === 'object' && first !== null && 'subject' in first ? first.subject : undefined
  const tell = ({ from, to }: Group): Document => {
    const [part, ...others] = parts.slice(from, to) as [Document, ...Document[]] // a group is never empty
    return full || isSaid(part) ? entry(part, show(part), { subject, full }) : silent([part, ...others].map(show))
  }
  const told = new Map<Group, Document>()
  return (group) => {
    const known = told.get(group) ?? tell(group)
    told.set(group, known)
    return known
  }
}
