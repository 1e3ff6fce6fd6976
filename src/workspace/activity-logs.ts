import type { AdminDocument } from './admins.ts'
import type { Call } from './handler.ts'
import type { Collection } from './store.ts'
import { uuid } from './uuid.ts'

/** Something a teammate did to the workspace. */
export interface ActivityLogDocument {
  /** A UUID. */
  readonly id: string
  readonly admin_id: string
  readonly email: string
  readonly ip: string
  readonly activity_type: string
  readonly activity_description: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly created_at: number
}

export const activityLogs: Collection<ActivityLogDocument> = {
  table: 'activity_log',
  columns: { created_at: 'INTEGER' },
  facts: ({ created_at }) => ({ created_at }),
  indexed: ['created_at'],
}

export const presentLog = ({ id, admin_id, email, ip, activity_type, activity_description, metadata, created_at }: ActivityLogDocument) => ({
  id,
  performed_by: { type: 'admin', id: admin_id, email, ip },
  metadata,
  created_at,
  activity_type,
  activity_description,
})

/** [inferred] The address written down for what the API does. */
const apiAddress = '127.0.0.1'

/** [inferred] The API's away mode is logged under the teammate who is away, naming the one whose token did it. */
export const logAwayMode = (
  { store, now, newId, admin: actor, notify }: Call,
  admin: AdminDocument,
  mode: { away_mode_enabled: boolean; away_mode_reassign: boolean },
): void => {
  const log = store.put(activityLogs, {
    id: uuid(newId()),
    admin_id: admin.id,
    email: admin.email,
    ip: apiAddress,
    activity_type: 'admin_away_mode_change',
    activity_description: `${admin.name} ${mode.away_mode_enabled ? 'is now away' : 'is back'}.`,
    metadata: {
      away_mode: mode.away_mode_enabled,
      away_status_reason: null,
      reassign_conversations: mode.away_mode_reassign,
      source: `admin update from api - Admin id: ${actor.id}`,
      auto_changed: 'false',
      update_by: Number(actor.id),
      update_by_name: actor.name,
    },
    created_at: now,
  })
  notify('admin.activity_log_event.created', () => presentLog(log))
}
