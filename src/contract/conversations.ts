import * as z from 'zod'
import { lookAtContact } from './contacts.ts'
import { Conversation, ListedConversation } from './conversation.ts'
import { beginning, showsBeginning, showsContact, showsManaging, showsNoContact, showsRedaction, showsReply } from './conversation-traces.ts'
import { Message } from './message.ts'
import { operation, type ReadBack } from './operation.ts'
import { attachmentUrls, effectOfReply, reply } from './part.ts'
import { byId, isGone, shows } from './read-back.ts'
import { fields, type Searchable, searchInput } from './search.ts'
import { cursorList, CustomAttributes, Reference, shape, Timestamp } from './shape.ts'
import { getTicket, Ticket } from './tickets.ts'

const id = z.string().describe("The conversation's id.")
const actor = z.string().describe('The admin who does it.')
const displayAs = z.string().optional().describe('plaintext: messages as plain text instead of HTML.')

const ofConversation = ({ conversation_id }: Record<string, unknown>) => ({ id: conversation_id })

export const listConversations = operation({
  name: 'list_conversations',
  operationId: 'listConversations',
  title: 'List conversations',
  description: 'Every conversation, the last updated first, without its parts. To find certain ones use search_conversations.',
  asked: 'all chats threads inbox latest recent newest page every overview first many total browse export what came lately show whole history workspace go through',
  route: 'GET /conversations',
  effect: 'read',
  permission: 'Read conversations',
  input: z.strictObject({
    per_page: z.int().min(1).max(150).optional().describe('20 by default, at most 150.'),
    starting_after: z.string().optional().describe('Cursor from the previous page.'),
  }),
  output: cursorList('conversations', ListedConversation),
  paging: { style: 'cursor', default: 20, max: 150, items: 'conversations' },
})

/** The conversation that a contact began is found among those updated last. */
export const began: ReadBack = { operation: listConversations, input: () => ({}), happened: showsBeginning, answer: beginning }

const prefixed = (prefix: string, names: string): string => names.split(' ').map((name) => `${prefix}.${name}`).join(' ')

const searchable: Searchable = {
  fields: {
    ...fields('string', 'id contact_ids teammate_ids tag_ids channel_initiated state priority'),
    ...fields('string', prefixed('source', 'type id delivered_as subject body url author.id author.type author.name author.email')),
    ...fields('string', 'statistics.last_closed_by_id'),
    ...fields('string', prefixed('conversation_rating', 'remark contact_id admin_id admin_d')),
    ...fields('string', prefixed('ai_agent', 'resolution_state last_answer_type rating_remark source_type source_title')),
    ...fields('integer', 'admin_assignee_id team_assignee_id conversation_rating.score ai_agent.rating'),
    ...fields('integer', prefixed('statistics', 'time_to_assignment time_to_admin_reply time_to_first_close time_to_last_close median_time_to_reply')),
    ...fields('integer', prefixed('statistics', 'count_reopens count_assignments count_conversation_parts')),
    ...fields('boolean', 'open read ai_agent_participated'),
    ...fields('date', 'created_at updated_at waiting_since snoozed_until'),
    ...fields('date', prefixed('statistics', 'first_contact_reply_at first_assignment_at first_admin_reply_at first_close_at last_assignment_at')),
    ...fields('date', prefixed('statistics', 'last_assignment_admin_reply_at last_contact_reply_at last_admin_reply_at last_close_at')),
    ...fields('date', prefixed('conversation_rating', 'requested_at replied_at')),
  },
  custom: 'custom_attributes.',
  dates: 'second',
}

export const searchConversations = operation({
  name: 'search_conversations',
  operationId: 'searchConversations',
  title: 'Search conversations',
  description:
    'Conversations, without their parts, by any filters: contact, state (open, closed, snoozed), priority, tag, assignee, team, source.*, dates, waiting, statistics.*, rating, ai_agent.*, attributes by name.',
  asked: 'find filter chats threads customer state open closed snoozed unassigned assignee team tag date rating text waiting unanswered priority what write many low csat angry handled fin reply nobody assigned past written before bad about refunds last hours bot agent today bug longest unread came email whatsapp sits everything inbox',
  route: 'POST /conversations/search',
  effect: 'read',
  permission: 'Read conversations',
  input: searchInput(20, '{field: "contact_ids", operator: "=", value: "<contact id>"}'),
  output: cursorList('conversations', ListedConversation),
  paging: { style: 'cursor', default: 20, max: 150, items: 'conversations' },
  search: searchable,
})

export const createConversation = operation({
  name: 'create_conversation',
  operationId: 'createConversation',
  title: 'Start a conversation as a contact',
  description: 'Writes a message on behalf of a user, lead or visitor, as if they had opened the Messenger; a visitor becomes a lead. Answers the message, with the conversation_id. To write to a contact use create_message.',
  asked: 'start open new chat thread behalf customer user lead contact simulate inbound message arrived another channel log incoming phone call import email written initiated submit form record question asked put whatsapp inbox website begin writing',
  route: 'POST /conversations',
  effect: 'write', // teammates read it; nothing goes to the contact
  permission: 'Write conversations',
  input: z.strictObject({
    from: z
      .strictObject({ type: z.enum(['lead', 'user', 'contact']), id: z.string().describe("The contact's id; for a visitor id or user_id, with type contact.") })
      .describe('Whose message it is.'),
    body: z.string().describe('Plain text; HTML is shown as it is.'),
    subject: z.string().optional().describe('Of an email.'),
    attachment_urls: attachmentUrls,
    created_at: Timestamp.optional().describe('Unix seconds; now by default. For moving old conversations to Intercom.'),
  }),
  output: Message,
  readBack: began,
})

export const getConversation = operation({
  name: 'get_conversation',
  operationId: 'retrieveConversation',
  title: 'Get a conversation',
  description: 'One conversation by id as a transcript: state, assignees, the first message, then replies, notes and events in order (the newest 500 parts). detail full: statistics too, and each event.',
  asked: 'one chat thread messages transcript parts history read open show summarize what said whole full text customer write reply last who assigned view details summarise pull discussion when answer about rating given attachments notes',
  route: 'GET /conversations/{id}',
  effect: 'read',
  permission: 'Read conversations',
  input: z.strictObject({ id, display_as: displayAs }),
  output: Conversation,
  resource: 'intercom://conversations/{id}',
})

export const updateConversation = operation({
  name: 'update_conversation',
  operationId: 'updateConversation',
  title: 'Update a conversation',
  description: 'Marks a conversation as read, gives it a title, or sets custom attributes that are defined for conversations. State and assignee: manage_conversation.',
  asked: 'change set edit title subject custom attribute field chat mark read unread rename link company thread issue type fill data urgency order details sentiment language product area connect object record root cause',
  route: 'PUT /conversations/{id}',
  effect: 'write',
  idempotent: true,
  permission: 'Write conversations',
  input: z.strictObject({
    id,
    display_as: displayAs,
    read: z.boolean().optional().describe('true marks it as read.'),
    title: z.string().optional(),
    custom_attributes: CustomAttributes.optional().describe('By name; null unsets. Custom objects by their ids: {"order": ["21"]}.'),
  }),
  output: Conversation,
  query: ['display_as'],
  // references to custom objects are answered as the objects
  readBack: { operation: getConversation, input: byId, happened: shows('read title', 'custom_attributes') },
})

export const deleteConversation = operation({
  name: 'delete_conversation',
  operationId: 'deleteConversation',
  title: 'Delete a conversation',
  description: 'Removes a conversation and its parts for good; it stays in reports. Needs a permission of its own.',
  asked: 'remove erase purge chat thread good whole permanently rid spam wipe history throw test trash longer needed privacy clean junk customer asks gone destroy transcript drop entire',
  route: 'DELETE /conversations/{id}',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission: 'Delete conversations and metrics',
  input: z.strictObject({ id }),
  output: shape({ id: z.string() }, { object: z.string(), deleted: z.boolean() }),
  readBack: { operation: getConversation, input: ({ id }) => ({ id }), happened: isGone },
})

export const replyConversation = operation({
  name: 'reply_conversation',
  operationId: 'replyConversation',
  title: 'Reply to a conversation',
  description: 'Adds a comment that the contact reads, a note for teammates only, or a quick_reply with choices. As an admin (type admin, admin_id) or on behalf of the contact (type user, with intercom_user_id, user_id or email). A contact\'s comment reopens a closed or snoozed conversation; an admin\'s does not.',
  asked: 'respond answer write back send message chat thread customer add internal note teammates leave private comment tell quick attach file colleagues screenshot apologise ask order number follow wrote again offer buttons know fixed post last',
  route: 'POST /conversations/{id}/reply',
  effect: 'send',
  effectOf: effectOfReply,
  milder: 'for a note, or for what the contact says',
  permission: 'Write conversations',
  input: z.strictObject({
    id: z.string().describe('The conversation\'s id; "last" with type user: the newest conversation of that contact.'),
    ...reply,
    attachment_files: z
      .array(z.strictObject({ content_type: z.string().optional(), data: z.string().optional().describe('Base64.'), name: z.string().optional() }))
      .max(10)
      .optional()
      .describe('Files to attach; at most 10.'),
  }),
  output: Conversation,
  readBack: { operation: getConversation, input: ({ id }) => (id === 'last' ? undefined : { id }), happened: showsReply },
})

export const manageConversation = operation({
  name: 'manage_conversation',
  operationId: 'manageConversation',
  title: 'Close, snooze, reopen or assign a conversation',
  description: 'message_type close; snoozed, with snoozed_until; open; or assignment, with type (admin or team) and assignee_id. A body, taken with close and assignment, is sent to the contact.',
  asked: 'close resolve end finish reopen open snooze assign reassign unassign hand over transfer escalate route take chat thread teammate agent team remind later wake put hold until tomorrow done wrap next week pass colleague billing myself remove assignee back queue tier two mark park monday change again after',
  route: 'POST /conversations/{id}/parts',
  effect: 'send',
  effectOf: ({ body }) => (body === undefined ? 'write' : 'send'),
  milder: 'without a body',
  permission: 'Write conversations',
  input: z.strictObject({
    id,
    message_type: z.enum(['close', 'snoozed', 'open', 'assignment']),
    admin_id: actor,
    type: z.enum(['admin', 'team']).optional().describe('assignment: whether assignee_id is an admin or a team. close: admin.'),
    body: z.string().optional().describe('Message to the contact.'),
    snoozed_until: Timestamp.optional().describe('Unix seconds at which it reopens.'),
    assignee_id: z.string().optional().describe('Admin or team; "0" for nobody.'),
  }),
  output: Conversation,
  readBack: { operation: getConversation, input: ({ id }) => ({ id }), happened: showsManaging },
})

/** One person, in one of three ways. */
const person = {
  intercom_user_id: z.string().optional(),
  user_id: z.string().optional(),
  email: z.string().optional(),
}

/** Who takes part now. */
const Customers = shape({ customers: z.array(Reference) }, {})

export const attachContactToConversation = operation({
  name: 'attach_contact_to_conversation',
  operationId: 'attachContactToConversation',
  title: 'Add a contact to a conversation',
  description: 'Makes a contact a participant of a conversation, who then reads and answers it as the others do. An email nobody has makes a new lead.',
  asked: 'add include bring cc loop another person participant user chat group someone thread colleague customer invite second boss join put recipient copy accountant client make',
  route: 'POST /conversations/{id}/customers',
  effect: 'send', // the whole conversation comes before their eyes
  idempotent: true,
  permission: 'Write conversations',
  input: z.strictObject({
    id,
    admin_id: actor.optional(),
    customer: z
      .strictObject({ ...person, customer: z.strictObject(person).optional().describe('The contact who adds them, instead of an admin.') })
      .optional()
      .describe('One person, by contact id (intercom_user_id), external_id (user_id) or email.'),
  }),
  output: Customers,
  readBack: { operation: getConversation, input: byId, happened: showsContact },
  about: ({ customer }) => {
    const { intercom_user_id, user_id } = (customer ?? {}) as { intercom_user_id?: string; user_id?: string } // as the input says
    return lookAtContact(intercom_user_id, user_id)
  },
})

export const detachContactFromConversation = operation({
  name: 'detach_contact_from_conversation',
  operationId: 'detachContactFromConversation',
  title: 'Remove a contact from a conversation',
  description: 'Takes a participant out of a conversation with several contacts. The last one cannot leave. Answers who is left.',
  asked: 'remove drop kick person participant user chat group take someone thread cc see wrong leaves exclude uninvite customer longer copy left recipient',
  route: 'DELETE /conversations/{conversation_id}/customers/{contact_id}',
  effect: 'destroy',
  undoneBy: 'attach_contact_to_conversation',
  idempotent: true,
  permission: 'Write conversations',
  input: z.strictObject({ conversation_id: id, contact_id: z.string(), admin_id: actor }),
  output: Customers,
  body: ['admin_id'],
  readBack: { operation: getConversation, input: ofConversation, happened: showsNoContact },
  about: ({ contact_id }) => lookAtContact(contact_id, undefined),
})

export const redactConversation = operation({
  name: 'redact_conversation',
  operationId: 'redactConversation',
  title: 'Redact a message',
  description: "Replaces the text and files of one part, or of a contact's first message (the source), by a line saying it was deleted. Cannot be undone.",
  asked: 'remove erase blank censor scrub message part sensitive text credit card password personal data chat customer posted number shared hide black one single thread sent wrong delete leaked token reply iban social security unsend comment wipe note content mask confidential attachment passport retract what wrote',
  route: 'POST /conversations/redact',
  effect: 'destroy',
  undoneBy: 'never',
  idempotent: true,
  permission: 'Write conversations',
  input: z.strictObject({
    type: z.enum(['conversation_part', 'source']),
    conversation_id: id,
    conversation_part_id: z.string().optional().describe('For type conversation_part.'),
    source_id: z.string().optional().describe('For type source: source.id of the conversation.'),
  }),
  output: Conversation,
  readBack: { operation: getConversation, input: ofConversation, happened: showsRedaction },
  about: (input) => [{ operation: getConversation, input: ofConversation(input) }],
})

export const convertConversationToTicket = operation({
  name: 'convert_conversation_to_ticket',
  operationId: 'convertConversationToTicket',
  title: 'Convert a conversation to a ticket',
  description: 'Makes a ticket of the Customer category of a conversation, under the same id; the contact sees it. Cannot be undone.',
  asked: 'turn change make escalate chat thread case takes longer track upgrade raise transform bug report support create based becomes move discussion formalise continue type',
  route: 'POST /conversations/{id}/convert',
  effect: 'send',
  undoneBy: 'never',
  permission: 'Write conversations + Write tickets',
  input: z.strictObject({
    id,
    ticket_type_id: z.string().describe('A type of the category Customer, from list_ticket_types.'),
    attributes: z.record(z.string(), z.unknown()).optional().describe('By attribute name; the title is _default_title_, the text _default_description_.'),
  }),
  output: Ticket,
  readBack: { operation: getTicket, input: ({ id }) => ({ id }), happened: (_, found) => found !== undefined },
})
