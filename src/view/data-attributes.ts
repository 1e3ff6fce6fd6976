import { DataAttribute } from '../contract/data-attributes.ts'
import type { Kind } from './kind.ts'

export const dataAttribute: Kind = {
  name: 'attribute',
  plural: 'attributes',
  by: 'workspace',
  schema: DataAttribute,
  headline: ['id', 'model', 'full_name', 'data_type'],
  brief: ['id', 'full_name'],
  // the full name says the name, and whether it is custom; search takes it as it is
  hidden: ['name', 'label', 'custom', 'messenger_writable', 'ui_writable', 'created_at', 'updated_at', 'admin_id'],
  times: 'date',
}
