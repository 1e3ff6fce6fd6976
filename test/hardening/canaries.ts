import type { Redactable } from '../../src/view/redaction/redactable.ts'
import type { Word } from '../tools/stranger.ts'
import { cases } from './figures.ts'

/** One customer, as no text but theirs spells them, and what shows that something of them is left. */
const values = {
  emails: ['zyxenna.quollbrook@canary-post.example', 'ZYXENNA.Quollbrook@Canary-Post.example', 'zyxenna.quollbrook%40canary-post.example', 'zyxenna.quollbrook&#64;canary-post.example'],
  phones: ['+1 207 555 0142', '+12075550142', '(207) 555-0142', '0012075550142'],
  names: ['Zyxander Vrobinski', 'ZYXANDER VROBINSKI', 'zyxander vrobinski', 'Zyxander', 'Vrobinski’s', '<b>Zyxander</b> Vrobinski', 'Vro\u200bbinski'],
} as const

const traces: Readonly<Record<Redactable, RegExp>> = {
  emails: /zyxen|quollb|canary-po/i,
  phones: /207\D{0,3}555|55\W{0,2}01|5501/,
  names: /zyxand|vrob/i,
  bodies: /Gribbleflax/i,
}

/** Kinds of which something is left in an answer. */
export const leftIn = (answer: unknown): Redactable[] => {
  const text = typeof answer === 'string' ? answer : JSON.stringify(answer)
  return (Object.keys(traces) as Redactable[]).filter((kind) => traces[kind].test(text)) // Object.keys forgets which they are
}

/** Long enough to be cut anywhere, and with no place in it where a cut would leave nothing. */
const everything = Object.values(values).flat().join(', ')
const long = Array.from({ length: cases(3, 12) }, () => everything).join(' / ')

const said = new Set(['body', 'subject', 'remark', 'rating_remark', '_default_title_', '_default_description_'])
const fixed: Readonly<Record<string, string>> = {
  name: 'Zyxander Vrobinski',
  pseudonym: 'Zyxander Vrobinski',
  email: values.emails[0],
  email_address: values.emails[1],
  phone: values.phones[0],
  url: `https://shop.example/people/${values.emails[2]}?called=Zyxander+Vrobinski&at=%2B12075550142`,
  state: 'open',
}

/** What stands in an answer of Intercom's, where every object is about that customer: of this type, if nothing else is known. */
export const canary = (type: string): Word => (field) => {
  if (field === 'type') return type
  if (/(^|_)ids?$/.test(field) && !/^(external|company|user)_id$/.test(field)) return '7'
  if (/(^|_)ids?$/.test(field)) return values.emails[0]
  return said.has(field) ? `<p>Gribbleflax ${long}</p>` : (fixed[field] ?? long)
}

/** What people paste, and prompts are given. */
export const pasted: readonly string[] = [values.emails[0], values.phones[0], values.phones[1], 'Zyxander Vrobinski', `Zyxander Vrobinski <${values.emails[1]}>`]
