import { Segment } from '../contract/segment.ts'
import type { Kind } from './kind.ts'

export const segment: Kind = {
  name: 'segment',
  plural: 'segments',
  by: 'workspace',
  schema: Segment,
  headline: ['id', 'name', 'person_type'],
  brief: ['id', 'name'],
  times: 'date',
}
