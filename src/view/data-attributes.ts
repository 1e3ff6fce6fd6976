import { DataAttribute } from '../contract/data-attributes.ts'
import type { Kind } from './kind.ts'

export const dataAttribute: Kind = {
  name: 'attribute',
  plural: 'attributes',
  schema: DataAttribute,
  headline: ['id', 'name', 'data_type'],
  brief: ['id', 'name'],
  hidden: ['label', 'full_name', 'messenger_writable', 'ui_writable', 'created_at', 'admin_id'],
  times: 'date',
}
