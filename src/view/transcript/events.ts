import { callName } from './author.ts'

type Document = Record<string, unknown>

const within = (value: unknown, key: string): unknown => (typeof value === 'object' && value !== null ? (value as Document)[key] : undefined)

/** What happens to a conversation or ticket, by the part's type, in few words. The first that fits tells it. */
const words: readonly (readonly [type: RegExp, told: (part: Document) => string])[] = [
  [/assign.*reopen/, (part) => `reopened, ${given(part)}`],
  [/assign.*unsnooze/, (part) => `woken, ${given(part)}`],
  [/assign/, (part) => given(part)],
  [/^close/, () => 'closed'],
  [/^open/, () => 'opened'],
  [/unsnooze/, () => 'woken'],
  [/^snooze/, () => 'snoozed'],
  [/attribute_updated/, (part) => attributed(part)],
  [/ticket_state_updated/, ({ previous_ticket_state: from, ticket_state: to }) => `state ${[...new Set([from, to])].filter((state) => state !== undefined).join(' → ')}`],
]

const given = ({ assigned_to }: Document): string => {
  const to = callName(assigned_to)
  return to === undefined || to === '0' ? 'unassigned' : `assigned to ${to}`
}

const attributed = ({ event_details }: Document): string => {
  const attribute = callName(within(event_details, 'attribute'))
  const value = callName(within(event_details, 'value'))
  return attribute === undefined ? 'attribute changed' : value === undefined ? `${attribute} cleared` : `${attribute} set to ${value}`
}

/** What a part tells that happened. Types that nobody has heard of yet tell it by their own words. */
export const happened = (part: Document): string => {
  const type = String(part.part_type ?? 'something')
  return words.find(([fits]) => fits.test(type))?.[1](part) ?? [type.replaceAll('_', ' '), ...detailed(part)].join(' ')
}

/** `custom action finished: Jira Create Issue, success`. */
const detailed = ({ event_details }: Document): string[] => {
  const details = ['action', 'attribute', 'value', 'workflow', 'event'].flatMap((key) => {
    const detail = within(event_details, key)
    return [within(detail, 'name'), within(detail, 'result')].filter((said) => said !== undefined).map(String)
  })
  return details.length ? [`(${details.join(', ').replaceAll('\n', ' ')})`] : []
}

/** Parts in which nobody said anything, in one line with exact counts: `Ines Calloway: assigned to Billing, closed ×2; Fin: 3 attributes changed`. */
export const folded = (parts: readonly Document[]): string =>
  runs(parts).map(([actor, done]) => [actor, counted(done)].filter(Boolean).join(': ')).join('; ')

/** Neighbours of one author together. */
const runs = (parts: readonly Document[]): [actor: string, parts: Document[]][] => {
  const found: [string, Document[]][] = []
  for (const part of parts) {
    const actor = callName(part.author) ?? ''
    const last = found.at(-1)
    if (last?.[0] === actor) last[1].push(part)
    else found.push([actor, [part]])
  }
  return found
}

const isAttribute = ({ part_type }: Document): boolean => /attribute_updated/.test(String(part_type))

/** What was done, in the order in which it was done first. Several attributes are only counted. */
const counted = (parts: readonly Document[]): string => {
  const attributes = parts.filter(isAttribute).length
  const times = new Map<string, number>()
  for (const part of parts) {
    const what = attributes > 1 && isAttribute(part) ? several : happened(part)
    times.set(what, (times.get(what) ?? 0) + 1)
  }
  return [...times].map(([what, count]) => (what === several ? `${count} attributes changed` : count > 1 ? `${what} ×${count}` : what)).join(', ')
}

/** Stands for attributes that are told together. */
const several = ''
