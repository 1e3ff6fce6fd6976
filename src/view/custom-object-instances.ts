import { CustomObjectInstance } from '../contract/custom-object-instances.ts'
import type { Kind } from './kind.ts'

export const customObjectInstance: Kind = {
  name: 'instance',
  plural: 'instances',
  schema: CustomObjectInstance,
  headline: ['id', 'external_id'],
  brief: ['id', 'external_id'],
  times: 'minute',
}
