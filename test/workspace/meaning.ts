import type { ContactDocument } from '../../src/workspace/contacts.ts'

// What the search language means, said again as plainly as possible: the compiler to SQL is held to this.

export interface Filter {
  readonly field: string
  readonly operator: string
  readonly value?: unknown
}
export type Query = Filter | { readonly operator: 'AND' | 'OR'; readonly value: readonly Query[] }

export const valueOf = (contact: ContactDocument, field: string): unknown => {
  if (field.startsWith('custom_attributes.')) return contact.custom_attributes[field.slice(18)] ?? null
  const special: Record<string, unknown> = {
    email_domain: contact.email?.split('@')[1] ?? null,
    'location.country': contact.location.country,
    tag_id: contact.tag_ids,
    segment_id: contact.segment_ids,
  }
  return field in special ? special[field] : contact[field as keyof ContactDocument]
}

const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', year: 'numeric', month: '2-digit', day: '2-digit' })
const dayIn = (moment: unknown): string => calendar.format(Number(moment) * 1000)
export const plain = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value)

const passes = (actual: unknown, operator: string, wanted: unknown): boolean => {
  const [a, w] = [plain(actual), plain(wanted)]
  const text = String(a)
  const has = actual !== null
  switch (operator) {
    case '=':
      return a === w
    case '!=':
      return a !== w
    case 'IN':
      return has && (wanted as unknown[]).map(plain).includes(a)
    case 'NIN':
      return !(wanted as unknown[]).map(plain).includes(a)
    case '~':
      return has && text.includes(String(w))
    case '!~':
      return !has || !text.includes(String(w))
    case '^':
      return has && text.startsWith(String(w))
    case '$':
      return has && text.endsWith(String(w))
    default:
      return has && ordered(a as number, operator, w as number)
  }
}

const ordered = (a: number | string, operator: string, w: number | string): boolean =>
  (operator.includes('=') && a === w) || (operator.startsWith('<') ? a < w : a > w)

/** Fields whose values match by the day. */
export const dates = ['created_at', 'last_seen_at', 'custom_attributes.renews']

export const matches = (contact: ContactDocument, query: Query): boolean => {
  if (!('field' in query)) return query.operator === 'AND' ? query.value.every((one) => matches(contact, one)) : query.value.some((one) => matches(contact, one))
  const { field, operator, value = null } = query
  const actual = valueOf(contact, field)
  if (Array.isArray(actual)) return matchesList(actual, operator, value)
  const byDay = dates.includes(field) && value !== null && actual !== null
  return byDay ? passes(dayIn(actual), operator, dayIn(value)) : passes(actual, operator, dates.includes(field) && value !== null ? Number(value) : value)
}

const matchesList = (actual: unknown[], operator: string, value: unknown): boolean => {
  if (value === null) return (operator === '=') === (actual.length === 0)
  const positive = { '!=': '=', NIN: 'IN', '!~': '~' }[operator]
  const any = actual.some((one) => passes(one, positive ?? operator, value))
  return positive ? !any : any
}
