import { fit, LIMIT } from '../fit.ts'
import type { History } from './histories.ts'
import { leftOut } from '../present.ts'
import { shortened, weight } from './cut.ts'
import { daysOnce } from './entry.ts'
import { extent } from './extent.ts'
import { type Group, grouped, teller } from './groups.ts'

type Document = Record<string, unknown>

/** What happened to an object, as Intercom gives it: the newest of so many parts in all. */
export interface Past {
  readonly id: unknown
  readonly parts: readonly Document[]
  readonly total: number
  /** A part as it may be shown. */
  readonly show: (part: Document) => Document
}

/** Which parts to show, by their places among those that there are. */
export interface Span {
  readonly start: number
  /** Place of the first that is not shown. */
  readonly end: number
  /** Whether to read on from the start, rather than as much as fits before the end. */
  readonly onward: boolean
  /** Of a text too long to show at once: how many characters were read, and whether it is what was said first, or the part at the start. */
  readonly read?: { readonly characters: number; readonly first: boolean }
}

export interface Telling {
  /** The newest when absent. */
  readonly span?: Span
  /** Each part for itself, with everything that is known of it. */
  readonly full?: boolean
  /** As much as there can be in an answer, rather than what reads well at once. */
  readonly long?: boolean
}

export interface Told {
  readonly shown: Document
  /** What is not shown, and the calls that show it. */
  readonly note?: string
}

/** Characters of an answer that reads well at once: under 2,000 tokens. */
const handy = 5_500

/** The most there can be, with room for the marks, the note and what else stands beside the object. */
const most = LIMIT - 1_500

/** Of it what is kept for the history, however much is known of the object besides. */
const forHistory = 3_000

/** How long an entry may be, tried until everything fits. With the last, entries are left out. */
const lengths = [LIMIT, 8_000, 2_000]

/** An object with its history: what was said first, then in order what was said and done. Neighbours that say nothing are one entry. */
export const transcript = (object: Document, past: Past, { first: key, parts, tool }: History, { span, full = false, long = false }: Telling): Told => {
  const { [key]: first, ...others } = object
  const asked = span ?? { start: 0, end: past.parts.length, onward: false }
  const groups = grouped(past.parts, asked, full)
  const { answer: head, omitted } = fit(others, { length: weight, limit: groups.length || first ? most / 2 : most })
  const room = Math.max((long ? most : handy) - weight(head), forHistory)
  const { opening, chosen } = fullest({ first, key, span: asked, groups, tell: teller(past, first, full), room })
  const [from, to] = [chosen[0]?.group.from ?? asked.start, chosen.at(-1)?.group.to ?? asked.start]
  return {
    shown: { ...head, ...(opening !== undefined && { [key]: opening }), ...(chosen.length && { [parts]: daysOnce(chosen.map(({ entry }) => entry)) }) },
    note: [omitted.length > 0 && leftOut(omitted), extent(from, to, past, { tool, first: key })].filter(Boolean).join(' ') || undefined,
  }
}

interface Story {
  /** What was said first, and its key. */
  readonly first: unknown
  readonly key: string
  readonly span: Span
  readonly groups: readonly Group[]
  readonly tell: (group: Group) => Document
  readonly room: number
}

interface Chosen {
  readonly group: Group
  readonly entry: Document
}

interface Attempt {
  readonly opening?: unknown
  /** In order. */
  readonly chosen: readonly Chosen[]
}

/** All of it with texts as long as can be, or as much as fits of it with short ones. */
const fullest = (story: Story): Attempt => {
  let best: Attempt = { chosen: [] }
  for (const longest of lengths) {
    best = attempt(story, longest)
    if (best.chosen.length === story.groups.length) break
  }
  return best
}

const attempt = (story: Story, longest: number): Attempt => {
  const { span, room } = story
  const opening = span.start > 0 ? undefined : opened(story, span.read?.first ? room : Math.min(longest, room))
  return { opening, chosen: chosen(story, longest, room - weight(opening)) }
}

/** A text alone, a ticket's description, is cut as one that somebody said. */
const opened = ({ first, key, span }: Story, most: number): unknown => {
  const read = span.read?.first ? span.read.characters : 0
  if (typeof first === 'string') return shortened({ body: first }, most, key, read).body
  return typeof first === 'object' && first !== null ? shortened(first as Document, most, key, read) : first
}

/** As many as fit, at least one unless it is the first words that are read on. Whoever reads on a part gets as much of it as fits. */
const chosen = ({ span, groups, tell }: Story, longest: number, room: number): Chosen[] => {
  const found: Chosen[] = []
  let left = room
  for (const group of span.onward ? groups : groups.toReversed()) {
    const read = span.read && !span.read.first && group.from === span.start ? span.read.characters : 0
    const told = tell(group)
    const entry = shortened(told, read || !found.length ? Math.min(read ? left : longest, left) : longest, String(told.id), read)
    const heavy = weight(entry)
    if (heavy > left && (found.length || span.read?.first)) break
    found.push({ group, entry })
    left -= heavy
  }
  return span.onward ? found : found.reverse()
}
