import { Visitor } from '../contract/visitors.ts'
import type { Kind } from './kind.ts'

export { contact } from './contacts.ts'

export const visitor: Kind = {
  name: 'visitor',
  plural: 'visitors',
  schema: Visitor,
  headline: ['id', 'user_id', 'name', 'pseudonym', 'email'],
  brief: ['id', 'user_id', 'name', 'pseudonym'],
  hidden: ['anonymous', 'avatar', 'remote_created_at', 'signed_up_at'], // the picture is the pseudonym's, the times are those of created_at
  times: 'minute',
}
