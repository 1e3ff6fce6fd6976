import type { Redactable } from './redactable.ts'

type Document = Readonly<Record<string, unknown>>

/** Parts of an answer whose fields people named as they liked, or where fields mean more than their names say. */
type Area = 'free' | 'talk' | 'profiles' | 'headers'

/** Where in an answer a value stands. */
export interface Place {
  /** The key it stands under, itself or in a list. */
  readonly key: string
  /** What has that key. */
  readonly holder: Document
  /** The key that the holder stands under. */
  readonly under: string
  readonly area?: Area
}

export const outermost: Place = { key: '', holder: {}, under: '' }

/** The place of what an object holds under a key. */
export const within = (place: Place, holder: Document, key: string): Place => ({ key, holder, under: place.key, area: areas[key]?.(holder) ?? place.area })

const areas: Readonly<Record<string, (holder: Document) => Area>> = {
  custom_attributes: (holder) => (isConversation(holder) ? 'talk' : 'free'),
  ticket_attributes: () => 'talk',
  event_details: () => 'talk',
  social_profiles: () => 'profiles',
  email_address_headers: () => 'headers',
}

/** What a whole field is, by where it stands; undefined where only what is found in it counts. The first that is to be redacted, is. */
export const fieldIs = (text: string, place: Place, kinds: ReadonlySet<Redactable>): Redactable | undefined =>
  inOrder.find((kind) => kinds.has(kind) && fields[kind](place, text))

const inOrder: readonly Redactable[] = ['bodies', 'names', 'phones', 'emails']

const fields: Readonly<Record<Redactable, (place: Place, text: string) => boolean>> = {
  bodies: ({ key, holder, area }, text) => says[key]?.(holder) ?? (area === 'talk' && (isLong(text) || tellingAll.test(key))),
  names: (place) => isName(place),
  phones: ({ key }) => phoneKeys(key),
  emails: ({ key }) => emailKeys(key),
}

/** Keys are few, and come with every answer. */
const known = (pattern: RegExp): ((key: string) => boolean) => {
  const answers = new Map<string, boolean>()
  return (key) => {
    const answer = answers.get(key) ?? pattern.test(apart(key))
    if (answers.size < 10_000) answers.set(key, answer)
    return answer
  }
}

/** `homePhone2` as `home_Phone_2`. */
const apart = (key: string): string => key.replace(/(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{L})(?=\d)/gu, '_')

const phoneKeys = known(/^(?:.*[_ -])?(?:phone|telephone|mobile|cell|whatsapp|fax|tel)(?:[_ -]?(?:number|no))?(?:[_ -]\d+)?$/i)
const emailKeys = known(/^(?:.*[_ -])?e?-?mail(?:[_ -]?address)?(?:[_ -]\d+)?$/i)

const always = () => true

/** What people said, by its key. What is published or kept for teammates to read is not said to anybody. */
const says: Readonly<Record<string, (holder: Document) => boolean>> = {
  body: (holder) => !isPublication(holder),
  subject: always,
  remark: always,
  rating_remark: always,
  title: (holder) => isConversation(holder),
  _default_title_: always,
  _default_description_: always,
  text: ({ uuid }) => uuid !== undefined,
}

const isPublication = ({ type, author_id, sender_id }: Document): boolean => author_id !== undefined || sender_id !== undefined || /article|news|content/.test(String(type))
const isConversation = ({ type, source, waiting_since, conversation_parts }: Document): boolean => type === 'conversation' || (source ?? waiting_since ?? conversation_parts) !== undefined

/** Attributes of a conversation or a ticket hold texts too: what a customer wrote in a form, what Fin made of it. */
const isLong = (text: string): boolean => text.length > 60 || text.includes('\n')
const tellingAll = /\b(?:title|summary|description|explanation)$/i

const isName = ({ key, holder, under, area }: Place): boolean => {
  if (area === 'profiles') return inProfile.has(key)
  if (area === 'free' || area === 'talk') return ownName(key) || (key === 'name' && isPerson(holder, under))
  return (key === 'name' || key === 'pseudonym') && (area === 'headers' || isPerson(holder, under))
}

const inProfile = new Set(['url', 'username', 'id', 'social_profiles'])
const ownName = known(/^(?:(?:first|last|full|given|family|middle|sur|nick|maiden)[_ -]?|(?:contact|customer|user|requester)[_ -])name$/i)

/** Who is not of the workspace's own people. An author who does not say what they are may be anybody. */
const isPerson = ({ type, role }: Document, under: string): boolean => people.has(String(type)) || people.has(String(role)) || (under === 'author' && !ours.has(String(type)))

const people = new Set(['contact', 'user', 'lead', 'visitor', 'customer', 'guest'])
const ours = new Set(['admin', 'teammate', 'team', 'bot', 'app', 'nobody_admin', 'operator', 'workflow'])
