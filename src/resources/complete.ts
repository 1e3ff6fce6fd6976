import type { Client } from '../client/client.ts'

/** Values for the one variable of a template that fit what was typed: by id, or by the name of what has the id. */
export type Completer = (typed: string, client: Client, signal: AbortSignal) => Promise<string[]>

/** By URI template. A noun's own file knows how to look. */
export const completers: Readonly<Record<string, Completer>> = {
  'intercom://contacts/{id}': async (...args) => (await import('./contacts.ts')).ids(...args),
  'intercom://contacts/external/{external_id}': async (...args) => (await import('./contacts.ts')).externalIds(...args),
  'intercom://conversations/{id}': async (...args) => (await import('./conversations.ts')).ids(...args),
  'intercom://companies/{id}': async (...args) => (await import('./companies.ts')).ids(...args),
  'intercom://segments/{id}': async (...args) => (await import('./segments.ts')).ids(...args),
  'intercom://tags/{id}': async (...args) => (await import('./tags.ts')).ids(...args),
  'intercom://teams/{id}': async (...args) => (await import('./teams.ts')).ids(...args),
  'intercom://tickets/{id}': async (...args) => (await import('./tickets.ts')).ids(...args),
  'intercom://ticket-types/{id}': async (...args) => (await import('./ticket-types.ts')).ids(...args),
  'intercom://external-pages/{id}': async (...args) => (await import('./ai-content.ts')).pageIds(...args),
  'intercom://articles/{id}': async (...args) => (await import('./articles.ts')).ids(...args),
  'intercom://collections/{id}': async (...args) => (await import('./help-center.ts')).collectionIds(...args),
  'intercom://help-centers/{id}': async (...args) => (await import('./help-center.ts')).helpCenterIds(...args),
  'intercom://internal-articles/{id}': async (...args) => (await import('./internal-articles.ts')).ids(...args),
  'intercom://news-items/{id}': async (...args) => (await import('./news.ts')).itemIds(...args),
  'intercom://newsfeeds/{id}': async (...args) => (await import('./news.ts')).feedIds(...args),
}

/** Ids of the items whose id starts with what was typed, or whose name contains it. */
export const idsOf = <T extends { id: string | number }>(items: readonly T[], typed: string, name: (item: T) => string | null | undefined): string[] => {
  const wanted = typed.toLowerCase()
  const fits = (item: T) => String(item.id).startsWith(typed) || (wanted !== '' && name(item)?.toLowerCase().includes(wanted))
  return items.filter(fits).map(({ id }) => String(id))
}
