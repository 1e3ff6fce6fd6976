import { internalArticles } from '../internal-article.ts'
import type { Store } from '../store.ts'
import type { Clock } from './clock.ts'
import { adminIds, type Colleague } from './workspace.ts'

/** Folders are made in Intercom only. */
const folders = { support: '701', billing: '702' } as const

interface Procedure {
  readonly title: string
  readonly body: string
  readonly by: Colleague
  readonly owner: Colleague
  readonly folder?: keyof typeof folders
}

const procedures: readonly Procedure[] = [
  {
    title: 'Who may promise a refund',
    body: '<p>Support up to $200, Billing up to $2,000. Above that ask Wes, and say so to the customer.</p>',
    by: 'priya',
    owner: 'priya',
    folder: 'billing',
  },
  {
    title: 'Double bookings: what to ask first',
    body: '<ol><li>The name of the tour and its start time.</li><li>Which calendar the second booking came from.</li><li>Whether both guests were charged.</li></ol><p>Then open a Bug ticket for Product Fixes.</p>',
    by: 'tobias',
    owner: 'dmitri',
    folder: 'support',
  },
  {
    title: 'Storm days',
    body: '<p>When three regions are on weather hold, Ines posts in the status channel and nobody opens single tickets. Use the tag Seasonal.</p>',
    by: 'ines',
    owner: 'ines',
    folder: 'support',
  },
  {
    title: 'Onboarding call, in five questions',
    body: '<p>What do you rent out? How many guides? When is your season? Which calendar do you use now? Who answers the phone?</p>',
    by: 'lucia',
    owner: 'lucia',
  },
]

export const layInternalArticles = (store: Store, { ago }: Clock): void => {
  for (const [index, { title, body, by, owner, folder }] of procedures.entries())
    store.put(internalArticles, {
      id: String(store.next('internal_article')),
      title,
      body,
      author_id: Number(adminIds[by]),
      owner_id: Number(adminIds[owner]),
      locale: 'en',
      folder_id: folder ? folders[folder] : null,
      created_at: ago(700 - index * 120, 10),
      updated_at: ago(60 - index * 9, 11),
    })
}
