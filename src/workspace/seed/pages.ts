import type { ContentImportSourceDocument } from '../content-import-sources.ts'
import { contentImportSources, defaultAvailability } from '../content-import-sources.ts'
import { externalPages } from '../external-pages.ts'
import type { Store } from '../store.ts'
import type { Clock } from './clock.ts'

const topics = [
  ['calendar-sync', 'Calendar sync', 'Bookings from other calendars arrive within a minute, each of them once.'],
  ['waivers', 'Waivers', 'Guests sign on their own phone before they arrive, or on the kiosk.'],
  ['deposits', 'Deposits', 'A deposit is taken at booking; the rest is due on the day.'],
  ['refunds', 'Refunds', 'Money goes back to the card within five working days.'],
  ['weather-holds', 'Weather holds', 'A hold keeps the slot and tells the guests, without cancelling.'],
  ['tides', 'Tides', 'Tours follow the tide of the station you choose.'],
  ['crew-app', 'The crew app', 'Guides see their day, their guests and their boats, offline too.'],
  ['kiosk', 'The kiosk', 'A tablet at the dock checks guests in.'],
  ['vouchers', 'Vouchers', 'Vouchers are valid for three years and can be paid in parts.'],
  ['group-bookings', 'Group bookings', 'One person books, everyone signs.'],
  ['stock', 'Stock', 'Each boat, bike or board is counted once, whichever tour takes it.'],
  ['seasons', 'Seasons', 'Prices and opening hours change with the season by themselves.'],
  ['reports', 'Reports', 'Every number can be exported as a table.'],
  ['team-access', 'Team access', 'Roles decide who sees money and who sees guests.'],
  ['booking-page', 'The booking page', 'It lives on your own domain and speaks eleven languages.'],
  ['webhooks', 'Webhooks', 'Your own system hears of every booking.'],
] as const

type Topic = (typeof topics)[number]

const html = (title: string, sentence: string, steps: readonly string[]): string =>
  `<h1>${title}</h1><p>${sentence}</p><ol>${steps.map((step) => `<li>${step}</li>`).join('')}</ol>`

interface Shelf {
  readonly source: Pick<ContentImportSourceDocument, 'sync_behavior' | 'url'>
  readonly page: (topic: Topic, number: number) => readonly { external_id: string; path: string; title: string; html: string }[]
}

/** Two sources: the help centre is kept through the API, the guides are read from the website. */
const shelves: readonly Shelf[] = [
  {
    source: { sync_behavior: 'api', url: 'https://help.pondwick.example' },
    page: ([slug, name, sentence], number) =>
      (['Set up', 'Troubleshoot'] as const).map((verb, index) => {
        const title = `${verb}: ${name}`
        const steps = [`Open Settings, then ${name}.`, index === 0 ? 'Choose what applies to you and save.' : 'Press Check and follow what it says.']
        return { external_id: `help-${101 + number * 2 + index}`, path: `/${verb.toLowerCase().replace(' ', '-')}/${slug}`, title, html: html(title, sentence, steps) }
      }),
  },
  {
    source: { sync_behavior: 'automatic', url: 'https://pondwick.example/guides' },
    page: ([slug, name, sentence]) =>
      (['before the season', 'on a busy day'] as const).map((when) => {
        const title = `${name} ${when}`
        const path = `/${slug}-${when.replaceAll(' ', '-')}`
        return { external_id: `https://pondwick.example/guides${path}`, path, title, html: html(title, sentence, ['Read it once in spring.', 'Tell your crew.']) }
      }),
  },
]

/** Every so many pages, one is for teammates only: Copilot may use it, Fin may not. */
const internalEvery = 9

export const layPages = (store: Store, { ago }: Clock): void => {
  for (const { source, page } of shelves) {
    const id = store.next('content_import_source')
    const synced = source.sync_behavior === 'api' ? ago(30, 10) : ago(1, 4)
    store.put(contentImportSources, { ...source, ...defaultAvailability, id, status: 'active', created_at: ago(500, 10), updated_at: synced, last_synced_at: synced })
    for (const [index, { path, ...content }] of topics.flatMap(page).entries())
      store.put(externalPages, {
        ...content,
        id: String(store.next('external_page')),
        source_id: id,
        url: `${source.url}${path}`,
        locale: 'en',
        ai_agent_availability: index % internalEvery !== internalEvery - 1,
        ai_copilot_availability: true,
        created_at: ago(490 - index * 3, 10),
        updated_at: ago(90 - index, 10),
        last_ingested_at: synced,
      })
  }
}
