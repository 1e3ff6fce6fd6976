import { companies, type CompanyDocument, peopled } from './company-document.ts'
import { type Call, Rejection } from './handler.ts'
import { sql, type Store } from './store.ts'
import { uuid } from './uuid.ts'

/** How far the workspace's one scroll is. Places in the order of creation never change, so changes meanwhile repeat and skip nothing. */
interface Scroll {
  readonly param: string
  /** The place of the last company given out. */
  readonly after: number
  /** The place of the last company there was when it began. */
  readonly until: number
  readonly used_at: number
}

/** Companies a call gives out. */
const perCall = 100

/** Seconds without a call after which a scroll is over. */
const idle = 60

/** Name of the setting that holds the open scroll. */
const setting = 'company_scroll'

/** The next companies of a scroll, and the parameter to go on with: empty once there are no more, and the scroll is over. */
export const scrolled = (param: string | undefined, call: Call): { items: CompanyDocument[]; param: string } => {
  const { store, now } = call
  const scroll = param ? continued(param, call) : begun(call)
  const where = sql`${peopled(store)} AND seq > ${scroll.after} AND seq <= ${scroll.until}`
  const found = store.findKeyed(companies, sql`NULL`, { where, limit: perCall })
  const last = found.at(-1)
  if (last) store.set(setting, JSON.stringify({ ...scroll, after: last.seq, used_at: now }))
  else endScroll(store)
  return { items: found.map(({ document }) => document), param: last ? scroll.param : '' }
}

/** Ends the open scroll, if there is one. Where other data is laid, its places mean nothing any more. */
export const endScroll = (store: Store): void => store.set(setting, 'null')

const open = ({ store, now }: Call): Scroll | undefined => {
  const scroll = JSON.parse(store.setting(setting) ?? 'null') as Scroll | null // only scrolled writes it
  return scroll && scroll.used_at <= now && now < scroll.used_at + idle ? scroll : undefined // a clock that was set back ends it too
}

const begun = (call: Call): Scroll => {
  if (open(call)) throw new Rejection(400, 'scroll_exists', 'scroll already exists for this workspace')
  return { param: uuid(call.newId()), after: 0, until: latest(call.store), used_at: call.now }
}

const latest = (store: Store): number => store.findKeyed(companies, sql`NULL`, { order: sql`seq DESC`, limit: 1 })[0]?.seq ?? 0

const continued = (param: string, call: Call): Scroll => {
  const scroll = open(call)
  if (scroll?.param !== param) throw new Rejection(404, 'not_found', 'scroll parameter not found')
  return scroll
}
