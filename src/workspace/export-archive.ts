import { gzipSync } from 'node:zlib'
import { type Delivery, deliveries, type Timeframe } from './outbound.ts'
import type { Store } from './store.ts'
import { type Entry, tar } from './tar.ts'

type Cell = string | number | null | undefined

/** One CSV file: what its rows tell, by column. */
interface Table {
  readonly name: string
  readonly columns: readonly string[]
  readonly rows: (delivery: Delivery) => readonly Readonly<Record<string, Cell>>[]
}

/** What stands for no company, and for no series. */
const none = '-1'

/** Intercom's own columns, one of them misspelt. What nothing in this workspace causes stays empty. */
const receiptColumns = [
  'user_id user_external_id company_id email name ruleset_id content_id content_type content_title ruleset_version_id receipt_id received_at',
  'series_id series_title node_id first_reply first_completion first_series_completion first_series_disengagement first_series_exit',
  'first_goal_success first_open first_click first_dismisall first_unsubscribe first_hard_bounce',
].flatMap((names) => names.split(' '))

/** Two contacts of one message have a receipt each. */
const receiptId = ({ message_id, contact }: Delivery): string => `${message_id}-${contact.id}`

const receipt = (delivery: Delivery): Record<string, Cell> => ({
  user_id: delivery.contact.id,
  user_external_id: delivery.contact.external_id,
  company_id: delivery.contact.company_ids[0] ?? none,
  email: delivery.contact.email,
  name: delivery.contact.name,
  ruleset_id: delivery.message_id,
  content_id: delivery.message_id,
  content_type: delivery.channel,
  content_title: delivery.title,
  ruleset_version_id: delivery.message_id,
  receipt_id: receiptId(delivery),
  received_at: delivery.sent_at,
  series_id: none,
  first_reply: delivery.replied_at[0],
  first_hard_bounce: delivery.bounced_at,
})

/** [inferred] The names and columns of all but the receipts, formed as those of the clicks, which are published. */
const tables: readonly Table[] = [
  { name: 'receipts', columns: receiptColumns, rows: (delivery) => [receipt(delivery)] },
  { name: 'reply', columns: ['receipt_id', 'replied_at'], rows: (delivery) => delivery.replied_at.map((replied_at) => ({ receipt_id: receiptId(delivery), replied_at })) },
  {
    name: 'hard_bounce',
    columns: ['receipt_id', 'hard_bounced_at'],
    rows: (delivery) => (delivery.bounced_at === undefined ? [] : [{ receipt_id: receiptId(delivery), hard_bounced_at: delivery.bounced_at }]),
  },
]

const cell = (value: Cell): string => {
  const text = String(value ?? '')
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** 20261122_174213, in UTC. */
const stamp = (time: number): string => new Date(time * 1000).toISOString().replace(/[-:]/g, '').replace('T', '_').slice(0, 15)

/** The packed CSV files of what was sent in a timeframe; those without rows are left out. `time`, in unix seconds, goes into their names. */
export const archive = (store: Store, timeframe: Timeframe, time: number): Buffer => {
  const sent = deliveries(store, timeframe)
  const entries = tables.flatMap(({ name, columns, rows }): Entry[] => {
    const lines = sent.flatMap(rows).map((row) => columns.map((column) => cell(row[column])).join())
    return lines.length === 0 ? [] : [{ name: `${name}_${stamp(time)}.csv`, text: `${[columns.join(), ...lines].join('\n')}\n` }]
  })
  return gzipSync(tar(entries, time))
}
