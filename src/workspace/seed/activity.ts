import type { ActivityLogDocument } from '../activity-logs.ts'
import { uuid } from '../uuid.ts'
import type { Chance } from './chance.ts'
import type { Clock } from './clock.ts'
import { adminIds, colleagues, teamIds } from './workspace.ts'

interface Activity {
  readonly type: string
  readonly describe: (name: string) => string
  readonly metadata: Readonly<Record<string, unknown>>
}

const activities: readonly Activity[] = [
  { type: 'admin_login_success', describe: (name) => `${name} logged in.`, metadata: { sign_in_method: 'email_password' } },
  { type: 'admin_logout', describe: (name) => `${name} logged out.`, metadata: {} },
  { type: 'admin_login_success', describe: (name) => `${name} logged in.`, metadata: { sign_in_method: 'google_sso' } },
  {
    type: 'message_state_change',
    describe: (name) => `${name} changed your Spring opening message from draft to live.`,
    metadata: { message: { id: 311, title: 'Spring opening' }, before: 'draft', after: 'live' },
  },
  {
    type: 'app_team_membership_modification',
    describe: (name) => `${name} changed who is in the team Product Fixes.`,
    metadata: { team: { id: Number(teamIds.product), name: 'Product Fixes' } },
  },
  { type: 'ruleset_creation', describe: (name) => `${name} created the ruleset Late replies.`, metadata: { ruleset: { id: 87, title: 'Late replies' } } },
  { type: 'office_hours_change', describe: (name) => `${name} changed your office hours.`, metadata: { before: '9-17', after: '8-18' } },
]

/** Enough of one month for a second page, and more before it. */
const howMany = 54

const seatHolders = colleagues.filter(({ has_inbox_seat }) => has_inbox_seat)

/** What colleagues did, oldest first; the last is Priya, who went away. */
export const activityLogs = (dice: Chance, { ago }: Clock): readonly ActivityLogDocument[] => {
  const log = (number: number, who: (typeof colleagues)[number], { type, describe, metadata }: Activity, created_at: number): ActivityLogDocument => ({
    id: uuid(`activity ${number}`),
    admin_id: who.id,
    email: who.email,
    ip: `198.51.100.${10 + Number(who.id.slice(-2))}`,
    activity_type: type,
    activity_description: describe(who.name),
    metadata,
    created_at,
  })
  const ordinary = Array.from({ length: howMany }, (_, index) => log(index, dice.pick(seatHolders), dice.pick(activities), ago(2 + howMany - index, 8 + (index % 9))))
  const priya = colleagues.find(({ id }) => id === adminIds.priya)!
  const metadata = { away_mode: true, away_status_reason: '🌴 On holiday', reassign_conversations: true, source: `admin update from web - Admin id: ${priya.id}` }
  const wentAway = log(howMany, priya, { type: 'admin_away_mode_change', describe: (name) => `${name} is now away.`, metadata }, ago(2, 17))
  return [...ordinary, wentAway]
}
