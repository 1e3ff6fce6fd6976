import { plain } from '../../view/plain.ts'
import { hostIn } from '../account/match.ts'
import { labelInJson, labelOf } from './label.ts'
import { decoded, linkIn, resource } from './link.ts'

/**
 * What a pasted text may stand for. `contact`, `company`, `conversation` and `ticket` are meant by Intercom's own id; `ticket_number`
 * is a ticket's number in the inbox; `external_id` and `company_id` are ids from elsewhere; a `name` is a person's or a company's;
 * at a `domain` people have their email.
 */
export type Sense = 'contact' | 'company' | 'conversation' | 'ticket' | 'ticket_number' | 'email' | 'domain' | 'phone' | 'external_id' | 'company_id' | 'name'

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
  const raw = plain(pasted).trim()
  const fields = json(raw)
  if (fields.length) return { text: raw, readings: fields }
  const text = unwrapped(raw)
  const link = linkIn(text)
  if (link?.readings.length || (link && !/\s/.test(text))) return { text, ...link }
  for (const recognise of recognisers) {
    const readings = recognise(text)
    if (readings.length) return { text, readings }
  }
  return { text, readings: [] }
}

/** The digits of a phone number, however it is written; `00` before the country is as good as `+`. */
export const digitsOf = (phone: string): string => phone.normalize('NFKC').replace(extension, '').replace(/^\s*00(?=[\d\s(])/, '').replace(/\D/g, '')

const extension = /[\s;,]*(?:ext\.?|x|#)[\s=]*\d{1,6}$/i

/** The text without what stood around it where it was copied. */
const unwrapped = (text: string): string => {
  const bare = text.trim().replace(/[\s.,;:!?]+$/, '').replace(strayQuotes, '')
  const inside = pairs.some(([open, close]) => bare.startsWith(open) && bare.endsWith(close) && bare.indexOf(close) === bare.length - 1) ? bare.slice(1, -1) : bare
  return inside === text ? text : unwrapped(inside)
}

const strayQuotes = /^["'`“”„‘’«»\s]+|["'`“”„‘’«»\s]+$/g
const pairs = [['<', '>'], ['(', ')'], ['[', ']'], ['{', '}']] as const

const all = (senses: readonly Sense[], value: string): Reading[] => senses.map((as) => ({ as, value }))

/** What stands after a word that says what it is. */
const labelled = (text: string): Reading[] => {
  const label = labelOf(text)
  if (!label) return []
  const value = unwrapped(label.value)
  const readings = value ? unlabelled(value).filter(({ as }) => label.senses.includes(as)) : []
  if (label.surely || isId(value) || readings.some(({ as }) => as === 'phone')) return readings
  return label.casually && label.senses.includes('company') !== label.senses.includes('contact') ? [...readings, ...all(['name'], text)] : []
}

/** Without a colon, only what cannot be the rest of a name is an id. */
const isId = (text: string): boolean => /^(?=\S*\d)\S+$/.test(text)

const json = (text: string): Reading[] => {
  const label = labelInJson(text)
  return label ? labelled(label) : []
}

/** `Ada Lovelace <ada@example.com>`, `mailto:ada@example.com?subject=Hello`, or the address alone, also an international one. */
const email = (text: string): Reading[] => {
  const [, name = '', bracketed] = /^(.*?)\s*[<(]\s*([^<>()]+?)\s*[>)]$/s.exec(text) ?? []
  const address = decoded((bracketed ?? text).replace(/^mailto:/i, '').replace(/\?.*$/s, '')).trim()
  if (!/^[^\s@<>()[\]",;:]+@[^\s@<>()[\]",;:]+$/u.test(address) || labelOf(address)?.surely) return []
  const called = unwrapped(name.replace(/^\w+:/, ''))
  return [...all(['email', 'external_id'], address), ...(called ? all(['name'], called) : [])]
}

/** Addresses among other words: `Ada Lovelace, ada@example.com`; what else stands there may be the name. */
const emails = (text: string): Reading[] => {
  const addresses = [...new Set(text.match(/[^\s@<>()[\]{}",;:|/\\=]+@[^\s@<>()[\]{}",;:|/\\=?#]+\.\p{L}{2,}/gu))]
  const rest = addresses.reduce((left, address) => left.replace(address, ' '), text).replace(/[^\p{L}\p{M}'’.-]+/gu, ' ').trim()
  const named = addresses.length === 1 && rest !== '' && !labelOf(`${rest}: 1`) ? all(['name'], rest) : []
  return [...addresses.flatMap((address) => all(['email'], address)), ...named]
}

/** In any writing, when it cannot be just a number. */
const phone = (text: string): Reading[] => {
  const number = text.normalize('NFKC').replace(/^tel:/i, '').trim()
  const digits = digitsOf(number)
  if (/^\d+$/.test(number) || !/^\+?[\d\s()./\u2010-\u2015-]+$/.test(number.replace(extension, '')) || digits.length < 7 || digits.length > 15) return []
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

/** `acme.com`, `@acme.com` or a company's page. */
const domain = (text: string): Reading[] => {
  const host = hostIn(text.replace(/^@/, ''))
  return host === undefined ? [] : all(['domain'], host)
}

/** `Who is Ada Lovelace from Acme?` is asked for by her name, too. */
const namesIn = (text: string): string[] => {
  const line = text.replace(/\s+/g, ' ')
  const asked = line.replace(/^(?:who(?:['’]s|\s+is)\s+|customer\s+|@)/i, '')
  const alone = asked.replace(/\s+(?:from|at|of|with)\s.*$|\s*\([^()]*\)?$/is, '')
  return [...new Set([line, asked, alone])].filter(Boolean)
}

const words = (text: string): Reading[] => {
  const named = namesIn(text).flatMap((name) => all(['name'], name))
  const ids = /\s/.test(text) ? [] : all(['external_id', 'company_id'], text)
  if (text === '') return []
  return [...domain(text), ...(/\d/.test(text) ? [...ids, ...named] : [...named, ...ids])]
}

const firstOf = (recognise: readonly ((text: string) => Reading[])[]) => (text: string): Reading[] => recognise.map((each) => each(text)).find((found) => found.length) ?? []

const unlabelled = firstOf([email, phone, number, intercomId, uuid, words])
const recognisers = [resource, email, labelled, emails, unlabelled]
