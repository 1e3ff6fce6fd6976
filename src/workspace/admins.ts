import { activityLogs, logAwayMode, presentLog } from './activity-logs.ts'
import { type Call, type Handlers, Rejection } from './handler.ts'
import { pageFrom } from './page.ts'
import { type Collection, sql, type Store } from './store.ts'

/** A teammate, or the bot that acts when nobody does. */
export interface AdminDocument {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly job_title: string | null
  readonly away_mode_enabled: boolean
  readonly away_mode_reassign: boolean
  readonly has_inbox_seat: boolean
  readonly email_verified: boolean
  readonly team_ids: readonly number[]
  /** URL of an image. */
  readonly avatar: string | null
  /** True of Fin only: it writes parts but is nobody's colleague. */
  readonly bot: boolean
}

/** The workspace, as `/me` tells it. */
export interface AppDocument {
  readonly id_code: string
  readonly name: string
  readonly region: 'US' | 'EU' | 'AU'
  /** IANA name; decides which calendar day a contact's date falls on. */
  readonly timezone: string
  readonly created_at: number
  readonly secure: boolean
  readonly identity_verification: boolean
}

export const admins: Collection<AdminDocument> = {
  table: 'admin',
  columns: { email: 'TEXT', bot: 'INTEGER' },
  facts: ({ email, bot }) => ({ email, bot: Number(bot) }),
}

/** [inferred] Shown for a teammate without a picture of their own. */
const defaultAvatar = 'https://static.intercomassets.com/assets/default-avatars/admins/128.png'

/** Logs a page holds when the request does not say. */
const logsPerPage = 20

/** The teammate of that id; the bot is none. */
export const teammate = (store: Store, id: string | number): AdminDocument | undefined => {
  const found = store.get(admins, id)
  return found?.bot ? undefined : found
}

/** The bot, who is the author of what nobody in particular did. */
export const operatorBot = (store: Store): AdminDocument => {
  const [bot] = store.find(admins, { where: sql`bot = 1`, limit: 1 })
  if (!bot) throw new Error('the workspace has no operator bot: its seed was not laid')
  return bot
}

/** A teammate as most answers show one. */
export const presentBriefly = ({ id, name, email, job_title, away_mode_enabled, away_mode_reassign, has_inbox_seat, team_ids }: AdminDocument) => ({
  type: 'admin',
  id,
  name,
  email,
  ...(job_title !== null && { job_title }),
  away_mode_enabled,
  away_mode_reassign,
  has_inbox_seat,
  team_ids: [...team_ids],
})

/** [inferred] An admin's first team is the primary one. */
const presentAdmin = (admin: AdminDocument) => ({
  ...presentBriefly(admin),
  team_priority_level: { primary_team_ids: admin.team_ids.slice(0, 1), secondary_team_ids: admin.team_ids.slice(1) },
})

const presentAvatar = ({ avatar }: AdminDocument) => ({ type: 'avatar', image_url: avatar ?? defaultAvatar })

const found = (store: Store, id: number, missing: string): AdminDocument => {
  const admin = teammate(store, id)
  if (!admin) throw new Rejection(404, 'admin_not_found', missing)
  return admin
}

/** A time given in unix seconds, or in ISO 8601 as the official client also sends it. */
const seconds = (text: string, field: string): number => {
  const time = /^\d+$/.test(text) ? Number(text) : Math.floor(Date.parse(text) / 1000)
  if (!Number.isSafeInteger(time)) throw new Rejection(400, 'parameter_invalid', `${field} is not a valid timestamp`, field)
  return time
}

const setAway = (admin: AdminDocument, call: Call, mode: { away_mode_enabled: boolean; away_mode_reassign: boolean }): AdminDocument => {
  logAwayMode(call, admin, mode)
  const { away_mode_enabled, away_mode_reassign } = mode
  const after = call.store.put(admins, { ...admin, away_mode_enabled, away_mode_reassign })
  call.notify('admin.away_mode_updated', () => presentAdmin(after))
  return after
}

export const handlers: Handlers<'admins'> = {
  identify_admin: (_, { admin, app }) => ({
    ...presentBriefly(admin),
    email_verified: admin.email_verified,
    avatar: presentAvatar(admin),
    app: { type: 'app', ...app },
  }),

  list_admins: ({ display_avatar }, { store }) => {
    const teammates = store.find(admins, { where: sql`bot = 0` })
    return {
      type: 'admin.list',
      admins: teammates.map((admin) => ({ ...presentAdmin(admin), ...(display_avatar && { avatar: presentAvatar(admin) }) })),
    }
  },

  get_admin: ({ id }, { store }) => presentAdmin(found(store, id, 'Admin not found')),

  set_away_admin: ({ id, ...mode }, call) => presentAdmin(setAway(found(call.store, id, 'Admin for admin_id not found'), call, mode)),

  list_activity_logs: ({ created_at_after, created_at_before, ...request }, call) => {
    const after = seconds(created_at_after, 'created_at_after')
    const before = created_at_before === undefined ? call.now : seconds(created_at_before, 'created_at_before')
    const { items, pages } = pageFrom(
      activityLogs,
      { where: sql`created_at >= ${after} AND created_at <= ${before}`, order: sql`created_at DESC, seq DESC` },
      request,
      { path: `/admins/activity_logs?created_at_after=${after}&created_at_before=${before}`, perPage: logsPerPage, last: 'null' },
      call,
    )
    return { type: 'activity_log.list', pages, activity_logs: items.map(presentLog) }
  },
}
