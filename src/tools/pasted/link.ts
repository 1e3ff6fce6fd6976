import type { Pasted, Reading, Sense } from './pasted.ts'

/** A page of Intercom's web app, of any region, or an address of its API, wherever it stands in a text; `app.intercom.io` is the app's old address. */
const anyLink = /(?<![\w./-])(?:https?:\/\/)?(?:app|api)\.(?:(us|eu|au)\.)?intercom\.(?:com|io)(?=[/?#]|$)[^\s<>"'`)\]}]*/i

/** What a link to Intercom leads to; undefined where there is none in the text. */
export const linkIn = (text: string): Pick<Pasted, 'readings' | 'region'> | undefined => {
  const [found = '', region = 'us'] = anyLink.exec(text) ?? []
  const link = found.replace(/[.,;:!?]+$/, '')
  const address = /^http/i.test(link) ? link : `https://${link}`
  if (!link || !URL.canParse(address)) return undefined
  const { pathname, searchParams } = new URL(address)
  return { region: region.toLowerCase() as Pasted['region'], readings: [...inPath(pathname), ...inQuery(searchParams)] } // one of those three
}

/** A ticket opens at the address of a conversation too. */
const pages: readonly (readonly [path: RegExp, senses: readonly Sense[]])[] = [
  [/\/(?:users?|contacts|leads|people)\/([0-9a-f]{24})(?=\/|$)/i, ['contact']],
  [/\/companies\/([0-9a-f]{24})(?=\/|$)/i, ['company']],
  [/\/tickets?\/(\d+)(?=\/|$)/i, ['ticket']],
  [/\/conversations?\/(\d+)(?=\/|$)/i, ['conversation', 'ticket']],
]

const inPath = (path: string): Reading[] =>
  pages.flatMap(([pattern, senses]) => senses.map((as) => ({ as, value: pattern.exec(path)?.[1] ?? '' }))).filter(({ value }) => value)

/** `users/show?email=…` and `?user_id=…` find people too. */
const inQuery = (query: URLSearchParams): Reading[] =>
  (['email', 'user_id'] as const).flatMap((key): Reading[] => {
    const value = query.get(key)?.trim()
    return value ? [{ as: key === 'email' ? 'email' : 'external_id', value }] : []
  })

/** `intercom://contacts/external/42`, our own addresses. */
export const resource = (text: string): Reading[] => {
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

export const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
