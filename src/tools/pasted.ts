import { plain } from '../view/plain.ts'

/**
 * What a pasted text may stand for. `contact`, `company`, `conversation` and `ticket` are meant by Intercom's own id; `ticket_number`
 * is a ticket's number in the inbox; `external_id` and `company_id` are ids from elsewhere; a `name` is a person's or a company's.
 */
export type Sense = 'contact' | 'company' | 'conversation' | 'ticket' | 'ticket_number' | 'email' | 'phone' | 'external_id' | 'company_id' | 'name'

export interface Reading {
  readonly as: Sense
  readonly value: string
}

/** What was pasted, without its wrapping, and all it may mean, the likeliest first. Empty readings: a link to something else. */
export interface Pasted {
  readonly text: string
  readonly readings: readonly Reading[]
  /** Of a link: the region it leads to. */
  readonly region?: 'us' | 'eu' | 'au'
}

/** Reads whatever somebody pasted to say whom or what they mean. Nothing is looked up. */
export const readPasted = (pasted: string): Pasted => {
  const text = unwrapped(plain(pasted))
  const link = linkIn(text)
  if (link) return { text, ...link }
  for (const recognise of recognisers) {
    const readings = recognise(text)
    if (readings.length) return { text, readings }
  }
  return { text, readings: [] }
}

/** The digits of a phone number, however it is written; `00` before the country is as good as `+`. */
export const digitsOf = (phone: string): string => phone.normalize('NFKC').replace(extension, '').replace(/^\s*00(?=[\d\s(])/, '').replace(/\D/g, '')

const extension = /\s*(?:ext\.?|x|#)\s*\d{1,6}$/i

/** The text without what stood around it where it was copied. */
const unwrapped = (text: string): string => {
  const bare = text.trim().replace(/[\s.,;:!?]+$/, '').replace(strayQuotes, '')
  const inside = pairs.some(([open, close]) => bare.startsWith(open) && bare.endsWith(close) && bare.indexOf(close) === bare.length - 1) ? bare.slice(1, -1) : bare
  return inside === text ? text : unwrapped(inside)
}

const strayQuotes = /^["'`“”„‘’«»\s]+|["'`“”„‘’«»\s]+$/g
const pairs = [['<', '>'], ['(', ')'], ['[', ']'], ['{', '}']] as const

const all = (senses: readonly Sense[], value: string): Reading[] => senses.map((as) => ({ as, value }))

/** A page of Intercom's web app, of any region; `app.intercom.io` is its old address. */
const linkIn = (text: string): Pick<Pasted, 'readings' | 'region'> | undefined => {
  const address = /^(?:https?:\/\/)?app\.(?:(us|eu|au)\.)?intercom\.(?:com|io)(?=[/?#]|$)/i.exec(text)
  if (!address || !URL.canParse(withScheme(text))) return undefined
  const { pathname, searchParams } = new URL(withScheme(text))
  const region = (address[1]?.toLowerCase() ?? 'us') as Pasted['region'] // one of those three
  return { region, readings: [...inPath(pathname), ...inQuery(searchParams)] }
}

const withScheme = (text: string): string => (/^https?:/i.test(text) ? text : `https://${text}`)

/** A ticket opens at the address of a conversation too. */
const pages: readonly (readonly [path: RegExp, senses: readonly Sense[]])[] = [
  [/\/(?:users|contacts|leads)\/([0-9a-f]{24})(?=\/|$)/i, ['contact']],
  [/\/companies\/([0-9a-f]{24})(?=\/|$)/i, ['company']],
  [/\/tickets?\/(\d+)(?=\/|$)/i, ['ticket']],
  [/\/conversations?\/(\d+)(?=\/|$)/i, ['conversation', 'ticket']],
]

const inPath = (path: string): Reading[] => pages.flatMap(([pattern, senses]) => all(senses, pattern.exec(path)?.[1] ?? '')).filter(({ value }) => value)

/** `users/show?email=…` and `?user_id=…` find people too. */
const inQuery = (query: URLSearchParams): Reading[] =>
  (['email', 'user_id'] as const).flatMap((key): Reading[] => {
    const value = query.get(key)?.trim()
    return value ? [{ as: key === 'email' ? 'email' : 'external_id', value }] : []
  })

/** `intercom://contacts/external/42`, our own addresses. */
const resource = (text: string): Reading[] => {
  const [, place = '', id = ''] = /^intercom:\/\/(contacts\/external|contacts|companies|conversations|tickets)\/([^/?#]+)/i.exec(text) ?? []
  const as = resources[place.toLowerCase()]
  return as && id ? [{ as, value: decoded(id) }] : []
}

const resources: Readonly<Record<string, Sense>> = {
  'contacts/external': 'external_id',
  contacts: 'contact',
  companies: 'company',
  conversations: 'conversation',
  tickets: 'ticket',
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What may follow a word that says what it is: `ticket #42`, `company: Acme`. */
const labels: Readonly<Record<string, readonly Sense[]>> = {
  contact: ['contact', 'external_id', 'email', 'phone', 'name'],
  company: ['company', 'company_id', 'name'],
  conversation: ['conversation'],
  ticket: ['ticket', 'ticket_number'],
  external: ['external_id', 'company_id'],
  email: ['email', 'external_id', 'name'],
  phone: ['phone'],
  name: ['name'],
}

const sameLabel: Readonly<Record<string, string>> = { user: 'contact', lead: 'contact', customer: 'contact', account: 'company', chat: 'conversation' }

/** Without a colon only an id may follow: Company Store is a name. */
const labelled = (text: string): Reading[] => {
  const [, word = '', colon, value = ''] = /^([a-z]+)(?:[\s_]+id)?(?:\s*(:)\s*#?|\s*#|\s+#?)(.+)$/is.exec(text) ?? []
  const label = word.toLowerCase()
  const senses = labels[sameLabel[label] ?? label]
  if (!senses || !(colon || /^(?:\d+|[0-9a-f]{24})$/i.test(value))) return []
  return unlabelled(unwrapped(value)).filter(({ as }) => senses.includes(as))
}

/** `Ada Lovelace <ada@example.com>`, `mailto:ada@example.com?subject=Hello`, or the address alone, also an international one. */
const email = (text: string): Reading[] => {
  const [, name = '', bracketed] = /^(.*?)\s*[<(]\s*([^<>()]+?)\s*[>)]$/s.exec(text) ?? []
  const address = decoded((bracketed ?? text).replace(/^mailto:/i, '').replace(/\?.*$/s, '')).trim()
  if (!/^[^\s@<>()[\]",;:]+@[^\s@<>()[\]",;:]+$/u.test(address)) return []
  const called = unwrapped(name)
  return [...all(['email', 'external_id'], address), ...(called ? all(['name'], called) : [])]
}

/** In any writing, when it cannot be just a number. */
const phone = (text: string): Reading[] => {
  const number = text.normalize('NFKC').replace(/^tel:/i, '').trim()
  const digits = digitsOf(number)
  if (/^\d+$/.test(number) || !/^\+?[\d\s()./–-]+$/.test(number.replace(extension, '')) || digits.length < 7 || digits.length > 15) return []
  return [{ as: 'phone', value: /^(?:\+|00)/.test(number) ? `+${digits}` : digits }, { as: 'external_id', value: text }]
}

/** Numbers are ids of many things; from seven digits on they may also be a phone's, with `00` before the country surely. */
const number = (text: string): Reading[] => {
  const digits = /^#?(\d+)$/.exec(text.normalize('NFKC'))?.[1]
  if (!digits) return []
  const phones: Reading[] = digits.length >= 7 && digits.length <= 17 ? [{ as: 'phone', value: digits.startsWith('00') ? `+${digitsOf(digits)}` : digits }] : []
  return [...all(['conversation', 'ticket', 'ticket_number', 'external_id', 'company_id'], digits), ...phones]
}

const intercomId = (text: string): Reading[] => (/^[0-9a-f]{24}$/i.test(text) ? [...all(['contact', 'company'], text.toLowerCase()), ...all(['external_id', 'company_id'], text)] : [])

const uuid = (text: string): Reading[] => (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? all(['external_id', 'company_id'], text) : [])

const words = (text: string): Reading[] => {
  const named = all(['name'], text)
  const ids = /\s/.test(text) ? [] : all(['external_id', 'company_id'], text)
  if (text === '') return []
  return /\d/.test(text) ? [...ids, ...named] : [...named, ...ids]
}

const firstOf = (recognise: readonly ((text: string) => Reading[])[]) => (text: string): Reading[] => recognise.map((each) => each(text)).find((found) => found.length) ?? []

const unlabelled = firstOf([email, phone, number, intercomId, uuid, words])
const recognisers = [resource, labelled, unlabelled]
