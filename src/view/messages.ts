import { Message } from '../contract/message.ts'
import type { Kind } from './kind.ts'

export const message: Kind = {
  name: 'message',
  plural: 'messages',
  schema: Message,
  headline: ['id', 'message_type', 'conversation_id'],
  brief: ['id', 'message_type', 'conversation_id'],
  times: 'minute',
}
