import type { Collection, Store } from './store.ts'

/** A public site of articles. Made in Intercom, never through the API. */
export interface HelpCenterDocument {
  readonly id: string
  readonly identifier: string
  readonly display_name: string
  readonly website_turned_on: boolean
  readonly url: string
  readonly custom_domain: string | null
  readonly created_at: number
  readonly updated_at: number
}

export const helpCenters: Collection<HelpCenterDocument> = {
  table: 'help_center',
  columns: { updated_at: 'INTEGER' },
  facts: ({ updated_at }) => ({ updated_at }),
}

/** [inferred] The first one made: it has what names no other, and articles that stand in no collection. */
export const defaultHelpCenter = (store: Store): HelpCenterDocument => {
  const [first] = store.find(helpCenters, { limit: 1 })
  if (!first) throw new Error('the workspace has no Help Center: its seed was not laid')
  return first
}

export const presentHelpCenter = ({ id, created_at, updated_at, identifier, website_turned_on, display_name, url, custom_domain }: HelpCenterDocument, workspace_id: string) => ({
  id,
  workspace_id,
  created_at,
  updated_at,
  identifier,
  website_turned_on,
  display_name,
  url,
  custom_domain,
})

/** "Montréal en kayak" as a part of an address: "montreal-en-kayak". Empty when no letter or digit of ASCII is left. */
const slug = (title: string): string =>
  title
    .normalize('NFD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

/** The address of an article or a collection in one language. */
export const addressOf = ({ url }: HelpCenterDocument, kind: 'articles' | 'collections', id: string, title: string, locale: string): string =>
  `${url}/${locale}/${kind}/${[id, slug(title)].filter(Boolean).join('-')}`
