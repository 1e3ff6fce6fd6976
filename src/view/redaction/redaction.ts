import { folded } from '../folded.ts'
import { plain } from '../plain.ts'
import { replaceEmails } from './emails.ts'
import { fieldIs, outermost, type Place, within } from './fields.ts'
import { Names } from './names.ts'
import { bareNumber, replacePhones } from './phones.ts'
import { Pseudonyms } from './pseudonyms.ts'
import type { Redactable } from './redactable.ts'
import { type Used, withoutRemains } from './remains.ts'

/** Keeps values from those who read answers. What is asked and answered within stays as it is. */
export interface Redaction {
  /** Remembers who is named in an answer of Intercom's, so that they are known in any text. */
  readonly learn: (answer: unknown) => void
  /** An answer of Intercom's with pseudonyms for values: by its fields, and by what stands in its texts. To be shown, never to be compared. */
  readonly answer: <T>(answer: T) => T
  /** A text or what texts are in, as it may leave: with pseudonyms for all that can be told from its form, is known, or was `used`. */
  readonly leaving: <T>(value: T, used?: readonly Used[]) => T
  /** A text or what texts are in, with values for pseudonyms, each as `write` puts it. Throws {@link UnknownPseudonym}. */
  readonly restored: <T>(value: T, write?: (used: Used) => string) => T
  /** The same, keeping more from its readers: names and values known to the one are known to the other. */
  readonly and: (more: Iterable<Redactable>) => Redaction
}

/** By pseudonyms that are the same wherever `secret` is. */
export const redaction = (kinds: Iterable<Redactable>, secret: string): Redaction => redacting(new Set(kinds), { pseudonyms: new Pseudonyms(secret), names: new Names() })

interface Memory {
  readonly pseudonyms: Pseudonyms
  readonly names: Names
}

const redacting = (kinds: ReadonlySet<Redactable>, memory: Memory): Redaction => {
  const { pseudonyms, names } = memory
  const email = (found: string) => (Pseudonyms.is(found) ? found : pseudonyms.of('emails', found.toLowerCase(), found))
  const phone = (found: string) => pseudonyms.of('phones', bareNumber(found), found)
  const name = (found: string) => pseudonyms.of('names', folded(found.trim()), found.trim())

  /** Addresses come first: they may hold a name or a number. */
  const inText = (text: string, prose: boolean): string => {
    const addressed = kinds.has('emails') ? replaceEmails(text, email) : text
    const numbered = kinds.has('phones') ? replacePhones(addressed, phone) : addressed
    return kinds.has('names') ? names.replace(numbered, name, prose) : numbered
  }
  const whole: Readonly<Record<Redactable, (text: string) => string>> = {
    emails: (text) => differing(text, replaceEmails(text, email)) ?? email(text.trim()),
    phones: phone,
    names: name,
    bodies: (text) => pseudonyms.ofText(text),
  }
  const inField = (given: string | number, place: Place): string | number => {
    const text = readable(String(given))
    const kind = text.trim() === '' ? undefined : fieldIs(text, place, kinds)
    if (kind !== undefined) return Pseudonyms.is(text) ? text : whole[kind](text)
    return typeof given === 'number' ? given : inText(text, /\s/.test(text))
  }
  const learned = (given: string | number, place: Place): string | number => {
    if (typeof given === 'string' && fieldIs(given, place, justNames)) names.learn(readable(given))
    return given
  }
  return {
    learn: (answer) => {
      if (kinds.has('names')) everywhere(answer, learned)
    },
    answer: (answer) => everywhere(answer, inField),
    leaving: (value, used = []) => everywhere(value, (text) => (typeof text === 'string' ? inText(withoutRemains(text, used), false) : text)),
    restored: (value, write = asItIs) => everywhere(value, (text) => (typeof text === 'string' ? pseudonyms.restored(text, fitting(text, write)) : text)),
    and: (more) => redacting(new Set([...kinds, ...more]), memory),
  }
}

const justNames: ReadonlySet<Redactable> = new Set(['names'])

const differing = (before: string, after: string): string | undefined => (before === after ? undefined : after)

/** Letters and signs of addresses that are spelt as numbers, as they read; nothing invisible between them. */
const readable = (text: string): string => plain(text.includes('&') ? text.replace(/&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?|&commat;|&period;/gi, asRead) : text)

const asRead = (spelt: string, hex?: string, decimal?: string): string => {
  const sign = /^&c/i.test(spelt) ? '@' : /^&p/i.test(spelt) ? '.' : String.fromCodePoint(Math.min(hex ? parseInt(hex, 16) : Number(decimal), 0x10ffff))
  return /[\p{L}\p{N}\p{M}@.+_-]/u.test(sign) ? sign : spelt
}

const asItIs = ({ value }: Used): string => value

/** Within JSON text a value is written as JSON writes it. */
const fitting = (text: string, write: (used: Used) => string): ((used: Used) => string) => (isJson(text) ? (used) => JSON.stringify(write(used)).slice(1, -1) : write)

const isJson = (text: string): boolean => {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    return JSON.parse(text) !== undefined
  } catch {
    return false
  }
}

type Change = (value: string | number, place: Place) => string | number

/** The value with every text in it changed, keys too: customers name attributes. */
const everywhere = <T>(value: T, change: Change): T => walk(value, change, outermost) as T // of the same shape

const walk = (value: unknown, change: Change, place: Place): unknown => {
  if (typeof value === 'string' || typeof value === 'number') return change(value, place)
  if (Array.isArray(value)) return value.map((item) => walk(item, change, place))
  if (typeof value !== 'object' || value === null) return value
  const holder = value as Readonly<Record<string, unknown>> // any object is one
  return Object.fromEntries(Object.entries(holder).map(([key, item]) => [ours.test(key) ? key : String(change(key, outermost)), walk(item, change, within(place, holder, key))]))
}

/** Keys as the API and we spell them, which nobody else chose. */
const ours = /^[a-z_]+$/
