import { admin, me } from '../admins.ts'
import type { Omitted } from '../fit.ts'
import { collection } from '../help-center.ts'
import { piece, pieces } from '../piece.ts'
import { plain } from '../plain.ts'
import { leftOut, present, type View } from '../present.ts'
import { segment } from '../segments.ts'
import { subscriptionType } from '../subscription-types.ts'
import { tag } from '../tags.ts'
import { team } from '../teams.ts'
import type { Manner } from '../view.ts'
import { type Attribute, builtInAttributes, customAttributes } from './attributes.ts'
import { defined } from '../brief.ts'
import { type ChoicesOf, describedType, stateRows, type TicketType } from './tickets.ts'

type Document = Record<string, unknown>

/** What was read of a workspace. What could not be, or was not asked for, is absent. */
export interface Workspace {
  readonly me?: unknown
  readonly admins?: readonly unknown[]
  readonly teams?: readonly unknown[]
  readonly tags?: readonly unknown[]
  readonly segments?: readonly unknown[]
  readonly ticket_types?: readonly TicketType[]
  readonly attributes?: readonly Attribute[]
  readonly subscription_types?: readonly unknown[]
  readonly collections?: readonly unknown[]
}

export interface Describing extends Manner {
  readonly choicesOf: ChoicesOf
  /** Most that is shown of each sort; all that fits when absent. */
  readonly most?: number
  /** Why what is absent could not be read: sentences. */
  readonly missing: string
}

/** A workspace in one answer: what its people called things, and the ids that go with the names. */
export const workspaceView = (read: Workspace, manner: Describing): View => {
  const { place, nonce, missing, most = Infinity } = manner
  const lists = Object.entries(listsOf(read, manner)).filter(([, items]) => items.length > 0)
  const cut = lists.filter(([, items]) => items.length > most).map(([sort, items]) => `${most} of ${items.length} ${sort} are shown: ${narrower(sort)} shows more.`)
  const workspace = { ...aboutIt(read.me), ...Object.fromEntries(lists.map(([sort, items]) => [sort, limited(items, most)])), ...counted(read) }
  const completeness = plain([missing, ...cut, read.attributes && onlyCounted].filter(Boolean).join(' ') || 'All of it is shown.')
  const omission = (omitted: readonly Omitted[]) => `${leftOut(omitted)} ${(most === Infinity ? whole : narrower)(omitted[0]?.path.split('.')[1] ?? '')} shows more.`
  return present({ workspace, completeness }, { place, nonce, customers: [], omission })
}

/** Name, region and time zone, and the teammate for whom this is asked. */
const aboutIt = (answer: unknown): Document => {
  const { id, name, app } = piece(me, answer, ['name', 'app.id_code', 'app.name', 'app.region', 'app.timezone'])
  return { ...(app as Document | undefined), ...(id !== undefined && { asked_by: { id, name } }) } // an object, as its schema says
}

const listsOf = (read: Workspace, { names, choicesOf }: Describing): Record<string, unknown[]> => ({
  ...Object.fromEntries(objects.map(([sort, kind, fields]) => [sort, pieces(kind, read[sort] ?? [], fields, { names })])),
  ticket_types: live(read.ticket_types).map((type) => describedType(type, choicesOf)),
  ticket_states: stateRows(live(read.ticket_types)),
  ...customAttributes(read.attributes ?? []),
  subscription_types: (read.subscription_types ?? []).map(subscriptionRow),
})

/** What is shown of those that are shown by their fields. */
const objects = [
  ['admins', admin, ['name', 'email', 'away_mode_enabled', 'teams']],
  ['teams', team, ['name', 'admins']],
  ['tags', tag, ['name']],
  ['segments', segment, ['name', 'person_type']],
  ['collections', collection, ['name']],
] as const

const subscriptionRow = (answer: unknown): Document => {
  const { id, consent_type, content_types, default_translation: said } = piece(subscriptionType, answer, ['consent_type', 'content_types', 'default_translation.name'])
  return defined({ id, name: (said as Document | undefined)?.name, consent_type, content_types }) // an object, as its schema says
}

const live = (types: readonly TicketType[] = []): TicketType[] => types.filter(({ archived }) => !archived)

const limited = (items: readonly unknown[], most: number): unknown =>
  items.length > most ? { total: items.length, shown: most, items: items.slice(0, most) } : items

const counted = ({ attributes }: Workspace): Document => (attributes ? { built_in_attributes: builtInAttributes(attributes) } : {})

const onlyCounted = 'Built-in attributes are only counted: list_data_attributes names them.'

/** The call that shows more of a list when there is much beside it, and the one for when there is not. */
const narrower = (list: string): string => `describe_workspace {"about": ["${sortOf(list)}"]}`
const whole = (list: string): string => `list_${sortOf(list).replace(/^attributes$/, 'data_attributes')} {"fields": ["name"]}`

const sortOf = (list: string): string => list.replace(/^\w+_attributes$/, 'attributes').replace('ticket_states', 'ticket_types')
