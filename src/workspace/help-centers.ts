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

/** [inferred] The first one made: it has what names no other, and articles that stand in no collection. A seed may have none. */
export const defaultHelpCenter = (store: Store): HelpCenterDocument | undefined => store.find(helpCenters, { limit: 1 })[0]

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

/** The address of an article or a collection in one language, if there is a Help Center to show it. */
export const addressOf = (site: HelpCenterDocument | undefined, kind: 'articles' | 'collections', id: string, title: string, locale: string): string | undefined =>
  site && `${site.url}/${locale}/${kind}/${[id, slug(title)].filter(Boolean).join('-')}`
