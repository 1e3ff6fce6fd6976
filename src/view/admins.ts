import { ActivityLog, Admin, Me } from '../contract/admins.ts'
import type { Kind } from './kind.ts'

export const admin: Kind = {
  name: 'admin',
  plural: 'admins',
  by: 'workspace',
  schema: Admin,
  headline: ['id', 'name', 'email'],
  brief: ['id', 'name'],
  times: 'minute',
}

export const me: Kind = { ...admin, schema: Me }

export const activityLog: Kind = {
  name: 'activity_log',
  plural: 'activity_logs',
  schema: ActivityLog,
  headline: ['id', 'activity_type'],
  brief: ['id'],
  times: 'minute',
}
