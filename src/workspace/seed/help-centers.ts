import { articleCollections, type ArticleCollectionDocument } from '../article-collections.ts'
import { type HelpCenterDocument, helpCenters } from '../help-centers.ts'
import type { Store } from '../store.ts'
import type { Clock } from './clock.ts'

/** What the API cannot make: the public one, which is the default, and one for developers that is not open yet. */
const sites = ({ ago }: Clock): readonly HelpCenterDocument[] => [
  {
    id: '1',
    identifier: 'pondwick',
    display_name: 'Pondwick Help',
    website_turned_on: true,
    url: 'https://help.pondwick.example',
    custom_domain: 'help.pondwick.example',
    created_at: ago(1400, 11),
    updated_at: ago(210, 9),
  },
  {
    id: '2',
    identifier: 'pondwick-developers',
    display_name: 'Pondwick for Developers',
    website_turned_on: false,
    url: 'https://intercom-help.example/pondwick-developers',
    custom_domain: null,
    created_at: ago(160, 10),
    updated_at: ago(38, 16),
  },
]

export const layHelpCenters = (store: Store, time: Clock): void => {
  for (const site of sites(time)) store.put(helpCenters, site)
}

type Group = Pick<ArticleCollectionDocument, 'name' | 'description' | 'icon' | 'order'> & Partial<ArticleCollectionDocument>

/** By the name the seed calls them; their ids are 1, 2, 3 and so on, in this order. */
const groups = {
  start: { name: 'Getting started', description: 'From an empty account to your first guest.', icon: 'rocket', order: 1 },
  bookings: {
    name: 'Bookings and payments',
    description: 'Everything between the click on "Book" and the paddle in the hand.',
    icon: 'calendar-check',
    order: 2,
    translations: {
      fr: { name: 'Réservations et paiements', description: 'Tout ce qui se passe entre le clic et la sortie.' },
      es: { name: 'Reservas y pagos', description: 'Todo lo que pasa entre el clic y la salida.' },
    },
  },
  weather: { name: 'Weather, tides and refunds', description: 'When nature has other plans.', icon: 'cloud-rain', order: 1, parent_id: '2' },
  api: { name: 'API and webhooks', description: 'For those who connect Pondwick with their own system.', icon: 'code', order: 1, help_center_id: 2 },
} satisfies Record<string, Group>

export type GroupName = keyof typeof groups

/** The id of a collection. */
export const groupId = (name: GroupName): number => Object.keys(groups).indexOf(name) + 1

export const layCollections = (store: Store, { ago }: Clock): void => {
  for (const [index, group] of Object.values<Group>(groups).entries())
    store.put(articleCollections, {
      parent_id: null,
      help_center_id: 1,
      translations: {},
      created_at: ago(1390 - index * 300, 11),
      updated_at: ago(200 - index * 40, 10),
      ...group,
      id: String(store.next('article_collection')),
    })
}
