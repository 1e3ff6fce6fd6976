import * as z from 'zod'
import { lookAtContact } from './contacts.ts'
import { began } from './conversations.ts'
import { Message } from './message.ts'
import { operation } from './operation.ts'
import { Timestamp } from './shape.ts'

/** In-app messages go by other names in the reference and in its examples. */
const messageType = (name: unknown): unknown => (name === 'in_app' || name === 'conversation' ? 'inapp' : name)

/** What a contact says reaches teammates only. */
const isFromAdmin = (from: unknown): boolean => typeof from === 'object' && from !== null && 'type' in from && from.type === 'admin'

export const createMessage = operation({
  name: 'create_message',
  operationId: 'createMessage',
  title: 'Send a message',
  description:
    'Sends an in-app message or an email from an admin to one user or lead. No conversation begins until they answer, unless create_conversation_without_contact_reply is true. From a user or lead instead, with nothing but body, this begins a conversation as if they had written in.',
  asked: 'send email write new outbound app sms announcement person customer user lead contact reach first proactively start talking follow welcome side hasn written mail subject notify delay nudge trial agent ping client drop line initiate outreach payment reminder',
  route: 'POST /messages',
  effect: 'send',
  effectOf: ({ from }) => (isFromAdmin(from) ? 'send' : 'write'),
  milder: 'for a message from a contact',
  permission: 'Write conversations',
  accept: ({ message_type, ...body }) => (message_type === undefined ? body : { ...body, message_type: messageType(message_type) }),
  input: z.strictObject({
    message_type: z.enum(['inapp', 'email']).optional().describe('How an admin sends; inapp by default.'),
    subject: z.string().optional().describe('Of an email, which needs one.'),
    body: z.string().describe('Text or HTML.'),
    template: z.enum(['plain', 'personal']).optional().describe('Style of an email; plain by default.'),
    from: z.strictObject({
      type: z.enum(['admin', 'user', 'lead']),
      id: z.string().describe("An admin's id, or a contact's Intercom id."),
    }),
    to: z
      .strictObject({
        type: z.enum(['user', 'lead']),
        id: z.string().optional().describe("The contact's Intercom id."),
        user_id: z.string().optional().describe("Instead: the user's external_id."),
      })
      .optional()
      .describe('Who gets it. Needed from an admin.'),
    created_at: Timestamp.optional().describe('Unix seconds; now by default.'),
    create_conversation_without_contact_reply: z.boolean().optional().describe('true: it shows in the inbox at once.'),
  }),
  output: Message,
  about: ({ to }) => {
    const { id, user_id } = (to ?? {}) as { id?: string; user_id?: string } // as the input says
    return lookAtContact(id, user_id)
  },
  // what an admin sends is in no list until it is answered
  readBack: { ...began, input: ({ from }) => (isFromAdmin(from) ? undefined : {}) },
})
