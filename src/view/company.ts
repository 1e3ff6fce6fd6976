import { Company } from '../contract/company.ts'
import type { Kind } from './kind.ts'

export const company: Kind = {
  name: 'company',
  plural: 'companies',
  schema: Company,
  headline: ['id', 'company_id', 'name'],
  brief: ['id', 'name'],
  times: 'date',
  path: ({ id, app_id }) => `/apps/${String(app_id)}/companies/${String(id)}`,
}
