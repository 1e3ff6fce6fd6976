import { Company } from '../contract/company.ts'
import { inApps } from './address.ts'
import type { Kind } from './kind.ts'

export const company: Kind = {
  name: 'company',
  plural: 'companies',
  schema: Company,
  headline: ['id', 'company_id', 'name'],
  brief: ['id', 'name'],
  summary: ['id', 'company_id', 'name', 'plan', 'monthly_spend', 'user_count', 'industry', 'website', 'last_request_at', 'tags'],
  times: 'date',
  path: ({ id, app_id }) => inApps(`companies/${String(id)}`, app_id),
}
