import { ActivityLog, Admin, Me } from '../contract/admins.ts'
import type { Kind } from './kind.ts'

export const admin: Kind = {
  name: 'admin',
  plural: 'admins',
  by: 'workspace',
  schema: Admin,
  headline: ['id', 'name', 'email'],
  brief: ['id', 'name'],
  summary: ['id', 'name', 'email', 'job_title', 'away_mode_enabled', 'away_mode_reassign', 'has_inbox_seat', 'team_ids', 'app'],
  times: 'minute',
}

export const me: Kind = { ...admin, schema: Me }

export const activityLog: Kind = {
  name: 'activity_log',
  plural: 'activity_logs',
  schema: ActivityLog,
  headline: ['id', 'activity_type'],
  brief: ['id'],
  summary: ['activity_type', 'performed_by', 'created_at', 'activity_description'],
  times: 'minute',
}
