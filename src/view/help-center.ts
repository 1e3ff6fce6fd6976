import { Collection, HelpCenter } from '../contract/help-center.ts'
import type { Kind } from './kind.ts'

export const collection: Kind = {
  name: 'collection',
  plural: 'collections',
  by: 'workspace',
  schema: Collection,
  headline: ['id', 'name', 'parent_id', 'help_center_id'],
  brief: ['id', 'name'],
  hidden: ['icon'],
  counted: ['translated_content'],
  times: 'date',
}

export const helpCenter: Kind = {
  name: 'help_center',
  plural: 'help_centers',
  by: 'workspace',
  schema: HelpCenter,
  headline: ['id', 'display_name', 'url', 'website_turned_on'],
  brief: ['id', 'display_name'],
  times: 'date',
}
