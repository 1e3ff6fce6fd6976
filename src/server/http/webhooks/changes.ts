/** Objects of which notifications tell, by their `type`. */
type Kind = 'contact' | 'company' | 'conversation' | 'ticket' | 'event' | 'article' | 'admin' | 'visitor'

type Item = Readonly<Record<string, unknown>>

const contact = ['intercom://contacts/{id}', 'intercom://contacts/external/{external_id}']
const contactWith = (...parts: string[]) => ({ contact: [...contact, ...parts.map((part) => `intercom://contacts/{id}/${part}`)] })
const company = ['intercom://companies/{id}']
const ticketAndConversation = ['intercom://tickets/{id}', 'intercom://conversations/{id}'] // a ticket made of a conversation has its id

/** Which resources read differently after notifications of some topics, for each object of a kind that they name. */
export const effects: readonly (readonly [topics: RegExp, changed: Readonly<Partial<Record<Kind, readonly string[]>>>])[] = [
  [/^contact\./, contactWith('segments')],
  [/^contact\.(user|lead)\.tag\./, contactWith('tags')],
  [/^contact\.(un)?subscribed$/, contactWith('subscriptions')],
  [/^contact\.(deleted|merged)$/, contactWith('companies', 'events', 'notes', 'subscriptions', 'tags')],
  [/^visitor\./, { ...contactWith(), visitor: ['intercom://visitors/{user_id}'] }],
  [/^event\.created$/, { event: ['intercom://contacts/{intercom_user_id}/events', 'intercom://contacts/{intercom_user_id}'] }],
  [/^company\./, { company: [...company, 'intercom://companies/{id}/segments'] }],
  [/^company\.contact\./, { company: [...company, 'intercom://companies/{id}/contacts'], ...contactWith('companies') }],
  [/^conversation(_part)?\./, { conversation: ['intercom://conversations/{id}'], ticket: ticketAndConversation, contact }],
  [/^ticket\./, { ticket: ticketAndConversation, contact }],
  [/^article\./, { article: ['intercom://articles/{id}'] }],
  [/^admin\.(added_to_workspace|removed_from_workspace|away_mode_updated)$/, { admin: ['intercom://admins', 'intercom://admins/{id}'] }],
]

/** Most resources that one notification tells of. */
const most = 500

/** The addresses of what changed, each once; none of a topic nobody here knows. */
export const changedBy = (topic: string, item: Item): readonly string[] => {
  const things = thingsIn(item)
  const addresses = effects.filter(([topics]) => topics.test(topic)).flatMap(([, changed]) => things.flatMap((thing) => (changed[thing.kind] ?? []).flatMap((template) => filled(template, thing.item))))
  return [...new Set(addresses)].slice(0, most)
}

interface Thing {
  readonly kind: Kind
  readonly item: Item
}

/** How `type` calls them; contacts have three names. */
const kinds: Readonly<Record<string, Kind>> = {
  contact: 'contact',
  user: 'contact',
  lead: 'contact',
  company: 'company',
  conversation: 'conversation',
  ticket: 'ticket',
  event: 'event',
  article: 'article',
  admin: 'admin',
  visitor: 'visitor',
}

/** Where an item holds those it is about; whoever merely wrote or assigned something stands elsewhere. */
const holders = ['contact', 'contacts', 'user', 'company', 'conversation', 'ticket', 'merged_from'] as const

/** The item and those it is about. */
const thingsIn = (value: unknown, depth = 0): readonly Thing[] => {
  if (Array.isArray(value)) return value.flatMap((each) => thingsIn(each, depth))
  if (!isItem(value) || depth > 2) return []
  const kind = Object.hasOwn(kinds, String(value.type)) ? kinds[String(value.type)] : undefined
  return [...(kind ? [{ kind, item: value }] : []), ...holders.flatMap((holder) => thingsIn(value[holder], depth + 1))]
}

const isItem = (value: unknown): value is Item => typeof value === 'object' && value !== null

/** An address that the item fills, in both spellings where there are two; none when the item does not say enough. */
const filled = (template: string, item: Item): string[] => {
  const [blank, name] = /\{(\w+)\}/.exec(template) ?? []
  if (blank === undefined || name === undefined) return [template]
  return idIn(item[name]).flatMap(spelt).map((segment) => template.replace(blank, () => segment))
}

const idIn = (value: unknown): string[] => {
  const id = typeof value === 'number' ? String(value) : value
  return typeof id === 'string' && id !== '' && id.length <= longest && !/\p{Surrogate}/u.test(id) ? [id] : []
}

/** Of an id, in characters. */
const longest = 500

/** A value as it stands in an address: as it must, and as people write it who see no need to. */
export const spelt = (value: string): string[] => (/[/%?#\s]/.test(value) ? [encodeURIComponent(value)] : [...new Set([encodeURIComponent(value), value])])
