import type { Sense } from './pasted.ts'

/** Words that tell what follows them, and what it may be then; the most telling first, since a user's email is an email. */
const labels: readonly (readonly [words: readonly string[], senses: readonly Sense[]])[] = [
  [['email', 'e-mail', 'mail'], ['email', 'external_id', 'name']],
  [['phone', 'telephone', 'tel', 'mobile', 'cell', 'whatsapp'], ['phone']],
  [['external'], ['external_id', 'company_id']],
  [['company', 'account', 'organisation', 'organization'], ['company', 'company_id', 'name']],
  [['ticket'], ['ticket', 'ticket_number']],
  [['conversation', 'conv', 'chat'], ['conversation']],
  [['name'], ['name']],
  [['contact', 'user', 'lead', 'customer', 'person'], ['contact', 'external_id', 'email', 'phone', 'name']],
  [['id', 'number', 'no', 'nr', 'address', 'intercom'], ['contact', 'company', 'conversation', 'ticket', 'ticket_number', 'external_id', 'company_id']],
]

const word = `(?:${labels.flatMap(([words]) => words).join('|')})(?![a-z])`
const labelled = new RegExp(`^((?:${word}\\.?[\\s_-]*){1,3})(?:([:=])|#|(?<=[\\s_.-]))\\s*#?\\s*(.+)$`, 'is')

export interface Labelled {
  readonly senses: readonly Sense[]
  readonly value: string
  /** Nothing else can be meant: a colon parts the two. Without one it may all be a name: Company Store. */
  readonly surely: boolean
  /** Said as in a sentence: `customer Maren Okafor`. */
  readonly casually: boolean
}

/** `ticket #42`, `company: Acme`, `contact_id=66f0…`; undefined of what says nothing of its kind. */
export const labelOf = (text: string): Labelled | undefined => {
  const [, label = '', colon, value] = labelled.exec(text) ?? []
  const said = label.toLowerCase().split(/[\s._]+|-(?!mail)/)
  const senses = labels.find(([words]) => words.some((each) => said.includes(each)))?.[1]
  return senses && value ? { senses, value, surely: colon !== undefined, casually: label === label.toLowerCase() } : undefined
}

/** What tells most of whom or what a piece of JSON is about. */
const telling = ['contact_id', 'email', 'external_id', 'user_id', 'conversation_id', 'ticket_id', 'phone', 'company_id', 'name']

/** Of a piece of JSON the field that tells most, with its label: `contact: 66f0…` of `{"type": "contact", "id": "66f0…"}`; undefined of anything else. */
export const labelInJson = (text: string): string | undefined => {
  const pairs = text.matchAll(/["'](\w+)["']\s*:\s*(?:"([^"]+)"|'([^']+)'|(\d+))/g)
  const fields = new Map<string, string>()
  for (const [, key = '', ...values] of pairs) if (!fields.has(key)) fields.set(key, values.find((value) => value !== undefined) ?? '')
  const id = fields.get('id')
  if (id !== undefined) return `${labelOf(`${fields.get('type')}:${id}`) ? fields.get('type') : 'id'}: ${id}`
  const key = telling.find((each) => fields.has(each))
  return key && `${key}: ${fields.get(key)}`
}
