import { Note } from '../contract/notes.ts'
import type { Kind } from './kind.ts'

export { admin } from './admins.ts'

export const note: Kind = {
  name: 'note',
  plural: 'notes',
  schema: Note,
  headline: ['id', 'body'],
  brief: ['id', 'body'],
  times: 'minute',
}
