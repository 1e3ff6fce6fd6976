import type { Detail } from '../../view/view.ts'
import { plain } from '../../view/plain.ts'
import type { Dossier } from './gathering.ts'
import { remedy } from '../gather.ts'
import { trusted } from '../own-words.ts'
import type { Pasted, Sense } from '../pasted/pasted.ts'

interface Answered extends Pick<Dossier, 'missing' | 'skipped' | 'read' | 'messages'> {
  readonly id: string
  readonly detail: Detail
  readonly partly: readonly string[]
  readonly unheard: number
  readonly remarks: readonly string[]
  /** Whether few requests are left in Intercom's window. */
  readonly few: boolean
}

/** One line: what was left out of an answer, why, and the call that gets it; or that nothing was. */
export const completeness = (answered: Answered): string => {
  const gaps = [...missing(answered), ...skipped(answered), ...partly(answered), ...unheard(answered), ...reach(answered)]
  const said = [...answered.remarks, ...(gaps.length ? gaps : ['Nothing was left out.'])]
  return plain([...said, ...remedy(said)].join(' '))
}

const missing = ({ missing: why }: Answered): string[] => Object.entries(why).map(([what, reason]) => `Not read: ${what} (${reason}).`)

const skipped = ({ skipped: left, read, few, id }: Answered): string[] => {
  if (left.length === 0) return []
  const all = left.length + Object.keys(read).length
  const why = few ? 'rate budget' : 'too many calls for one answer'
  return [`${left.length} of ${all} sections skipped: ${why}. ${again({ customer: trusted(id), sections: left })} reads them.`]
}

/** Where all of a section is. */
const listing: Readonly<Record<string, string>> = {
  conversations: 'search_conversations by contact_ids',
  tickets: 'search_tickets by contact_ids',
  companies: 'list_contact_companies',
  notes: 'list_contact_notes',
  tags: 'list_contact_tags',
  segments: 'list_contact_segments',
  subscriptions: 'list_contact_subscriptions',
  events: 'list_data_events',
}

const partly = ({ partly: some, detail, id }: Answered): string[] => {
  if (some.length === 0) return []
  const more = detail === 'full' ? `All with ${some.map((section) => listing[section]).join(', ')}.` : `${again({ customer: trusted(id), sections: some, detail: 'full' })} shows more.`
  return [`In part: ${some.join(', ')}. ${more}`]
}

const unheard = ({ unheard: many }: Answered): string[] => (many ? [`Not read: what was said last in ${many} of the conversations shown (get_conversation).`] : [])

/** Intercom keeps no more than this of a conversation, and lists events for no longer than this. */
const mostParts = 500

const reach = ({ messages, read }: Answered): string[] => [
  ...[...messages.values()].filter(({ conversation_parts: list }) => (list?.conversation_parts?.length ?? 0) >= mostParts).map(({ id }) => `Of conversation ${trusted(id)} Intercom shows the newest ${mostParts} parts only.`),
  ...(read.events?.items.length ? [`${read.events.single ? `The newest ${read.events.single.length} single events are shown` : 'Events are counted by kind'}; list_data_events has single ones of 90 days.`] : []),
]

const again = (args: object): string => `who_is_customer ${JSON.stringify(args)}`

/** When several match. */
export const ofSeveral = (total: number, shown: number, remarks: readonly string[]): string =>
  plain([`${total === 1 ? '1 person may be meant' : `${total} people match`}${shown < total ? `, ${shown} shown` : ''}: call who_is_customer again with the id of the one meant.`, ...remarks, ...remedy(remarks)].join(' '))

const called: Readonly<Record<Sense, string>> = {
  contact: 'contact id',
  company: 'company id',
  conversation: 'conversation id',
  ticket: 'ticket id',
  ticket_number: 'ticket number',
  email: 'email',
  domain: 'email domain',
  phone: 'phone',
  external_id: 'external ID',
  company_id: 'company_id',
  name: 'name',
}

/** When nobody was found: what was tried, and what to try next. */
export const nobody = ({ text, readings }: Pasted, remarks: readonly string[]): string => {
  const tried = [...new Set(readings.map(({ as }) => called[as]))].join(', ')
  const gone = readings.some(({ as }) => as === 'contact') ? ' A contact that was archived, deleted or never existed: Intercom does not tell which.' : ''
  return plain([`Nobody was found for ${JSON.stringify(text)}, tried as ${tried}.${gone}`, ...remarks, ...remedy(remarks), next(readings.map(({ as }) => as))].join(' '))
}

const next = (senses: readonly Sense[]): string => {
  if (senses.includes('email')) return 'Next: search_contacts with a part of the address (email ~), or their name.'
  if (senses.includes('phone')) return 'Next: search_contacts with another field, such as name or email.'
  return senses.includes('name') ? 'Next: search_contacts with a part of the name (name ~), or their email.' : 'Next: search_contacts with their email or a part of the name (name ~).'
}
