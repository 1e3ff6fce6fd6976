import type * as z from 'zod'
import type { updateConversation } from '../contract/conversations.ts'
import { operatorBot } from './admins.ts'
import { conversationNamed, conversations, type ConversationDocument, tell, withPart } from './conversation.ts'
import { addPart, type NewPart } from './conversation-parts.ts'
import { withAttributes } from './custom-attributes.ts'
import type { Call } from './handler.ts'
import { asAuthor } from './parts.ts'

type Request = z.output<(typeof updateConversation)['input']>

/** The bot tells of each attribute that was written, whoever wrote it. */
const toldBy = (author: NewPart['author'], written: Readonly<Record<string, unknown>>, created_at: number): NewPart[] =>
  Object.entries(written).map(([name, value]) => ({
    part_type: 'conversation_attribute_updated_by_admin',
    author,
    created_at,
    event_details: { attribute: { name }, ...(value !== null && { value: { name: String(value) } }) },
  }))

/** Reading, naming, and filling in attributes. What is not named stays. */
export const updated = ({ id, read, title, custom_attributes = {} }: Request, call: Call): ConversationDocument => {
  const { store, now } = call
  const before = conversationNamed(call, id)
  const changed: ConversationDocument = {
    ...before,
    read: read ?? before.read,
    title: title ?? before.title,
    custom_attributes: withAttributes(store, 'conversation', before.custom_attributes, custom_attributes),
    updated_at: now,
  }
  const parts = toldBy(asAuthor(operatorBot(store)), custom_attributes, now)
  const after = store.put(conversations, parts.reduce((conversation, part) => withPart(conversation, part, now), changed))
  for (const part of parts) addPart(store, after, part)
  if (after.read && !before.read) tell(call, 'conversation.read', after)
  return after
}
