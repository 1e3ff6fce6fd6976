import { Tag } from '../contract/tag.ts'
import type { Kind } from './kind.ts'

export const tag: Kind = { name: 'tag', plural: 'tags', by: 'workspace', schema: Tag, headline: ['id', 'name'], brief: ['id', 'name'], times: 'minute' }
