import * as z from 'zod'
import { listContactTags } from './contacts.ts'
import { Conversation } from './conversation.ts'
import { getConversation } from './conversations.ts'
import { operation, type ReadBack } from './operation.ts'
import { among, isGone, lastNamed, shows } from './read-back.ts'
import { Empty, list } from './shape.ts'
import { Tag } from './tag.ts'

const read = 'Read tags'
const write = 'Write tags'
const id = z.string().describe("The tag's id, from list_tags.")
const contact_id = z.string().describe("The contact's Intercom id: 24 hexadecimal characters.")
const conversation_id = z.string().describe("The conversation's id.")
const ticket_id = z.string().describe("The ticket's id; not ticket_id in its answers, the number shown in the inbox.")
const admin_id = z.string().describe('The admin who does it.')

export const listTags = operation({
  name: 'list_tags',
  operationId: 'listTags',
  title: 'List tags',
  description: 'Every tag of the workspace with its id, by name.',
  asked: 'all labels use which exist workspace name vip overview many every pick right catalogue available look called vocabulary unused duplicate need id',
  route: 'GET /tags',
  effect: 'read',
  reference: true,
  permission: read,
  input: z.strictObject({}),
  output: list('data', Tag),
  resource: 'intercom://tags',
})

export const getTag = operation({
  name: 'get_tag',
  operationId: 'findTag',
  title: 'Get a tag',
  description: 'One tag by id: its name.',
  asked: 'one label name show what called view details look single which open behind pull read identifier info check still exists',
  route: 'GET /tags/{id}',
  effect: 'read',
  permission: read,
  input: z.strictObject({ id }),
  output: Tag,
  resource: 'intercom://tags/{id}',
})

const untag = z.boolean().optional().describe('true takes the tag off this one.')

/** A tag with nothing put on anybody can be looked for, or on one person; where else it was put cannot be told from one read. */
const alone = (written: Record<string, unknown>): boolean => written.companies === undefined && written.users === undefined

const onePerson = ({ users, companies }: Record<string, unknown>): { contact_id: string } | undefined => {
  const { data } = z.tuple([z.object({ id: z.string(), untag: z.literal(false).optional() })]).safeParse(users)
  return data && companies === undefined ? { contact_id: data[0].id } : undefined
}

const named = ({ data }: Record<string, unknown>, { name }: Record<string, unknown>) => lastNamed([data].flat(), name)
const byName = { happened: (written, found) => found && named(found, written) !== undefined, answer: named } satisfies Partial<ReadBack>

export const createTag = operation({
  name: 'create_tag',
  operationId: 'createTag',
  title: 'Create or rename a tag, or tag many',
  description:
    'By name alone: makes the tag unless it is there. With id: renames that tag. With companies or users: puts the tag of that name, made if need be, on all of them, or takes it off those with untag.',
  asked: 'new label make add rename untag several companies accounts users people once bulk workspace partner vip many doesn exist yet change name remove mark organisation bug reports take off go group',
  route: 'POST /tags',
  effect: 'write',
  idempotent: true,
  permission: write,
  input: z.strictObject({
    name: z.string().describe('Names are the same in capitals or not.'),
    id: id.optional().describe('Tag to rename.'),
    companies: z
      .array(z.strictObject({ id: z.string().optional(), company_id: z.string().optional(), untag }))
      .optional()
      .describe("Each by Intercom's id or by company_id, your own."),
    users: z
      .array(z.strictObject({ id: z.string().optional(), user_id: z.string().optional(), email: z.string().optional(), untag }))
      .optional()
      .describe('Contacts, each by id, user_id (your own) or email.'),
  }),
  output: Tag,
  readBack: [
    { operation: getTag, input: (written) => (written.id && alone(written) ? { id: written.id } : undefined), happened: shows('name') },
    { operation: listTags, input: (written) => (!written.id && alone(written) ? {} : undefined), ...byName },
    { operation: listContactTags, input: onePerson, ...byName },
  ],
})

export const deleteTag = operation({
  name: 'delete_tag',
  operationId: 'deleteTag',
  title: 'Delete a tag',
  description: 'Removes a tag from the workspace and from everything that carries it. Refused while a segment is built on it. To take it off one thing, use untag_contact and the like.',
  asked: 'remove label workspace altogether everywhere rid unused longer used throw obsolete clean retire misspelled away trash drop duplicate gone eliminate campaign over purge old',
  route: 'DELETE /tags/{id}',
  effect: 'destroy',
  idempotent: true,
  permission: write,
  input: z.strictObject({ id }),
  output: Empty,
  readBack: { operation: getTag, input: ({ id }) => ({ id }), happened: isGone },
})

/** Looks whether a contact carries the tag, as it does after the one write and does not after the other. */
const onContact = (carries: boolean): ReadBack => ({
  operation: listContactTags,
  input: ({ contact_id }) => ({ contact_id }),
  happened: ({ id }, found) => found && carries === (among(found, id) !== undefined),
  answer: (found, { id }) => among(found, id),
})

/** The same of a conversation. */
const onConversation = (carries: boolean): ReadBack => ({
  operation: getConversation,
  input: ({ conversation_id }) => ({ id: conversation_id }),
  happened: ({ id }, found) => found && carries === (among(tagsOf(found), id) !== undefined),
  answer: (found, { id }) => among(tagsOf(found), id),
})

const tagsOf = (conversation: Record<string, unknown>) => ({ data: Conversation.pick({ tags: true }).safeParse(conversation).data?.tags?.tags ?? [] })

export const tagContact = operation({
  name: 'tag_contact',
  operationId: 'attachTagToContact',
  title: 'Tag a contact',
  description: 'Puts an existing tag on one contact. create_tag tags many at once, by name.',
  asked: 'label mark flag person customer user lead vip add beta tester put churn risk influencer gets hot stick profile classify attendee webinar big spender apply',
  route: 'POST /contacts/{contact_id}/tags',
  effect: 'write',
  idempotent: true,
  permission: write,
  input: z.strictObject({ contact_id, id }),
  output: Tag,
  readBack: onContact(true),
})

export const untagContact = operation({
  name: 'untag_contact',
  operationId: 'detachTagFromContact',
  title: 'Untag a contact',
  description: 'Takes a tag off one contact. The tag itself stays.',
  asked: 'unlabel remove take tag label off person customer user lead longer vip mistake drop profile strip unmark wrong detach beta clear churn flag',
  route: 'DELETE /contacts/{contact_id}/tags/{id}',
  effect: 'destroy',
  undoneBy: 'tag_contact',
  idempotent: true,
  permission: write,
  input: z.strictObject({ contact_id, id }),
  output: Tag,
  readBack: onContact(false),
})

export const tagConversation = operation({
  name: 'tag_conversation',
  operationId: 'attachTagToConversation',
  title: 'Tag a conversation',
  description: 'Puts an existing tag on one conversation. Answers the tag, with when and by whom it was applied.',
  asked: 'label mark flag categorise chat thread bug complaint add urgent put billing classify topic feature request stick escalated gets refund record reason apply follow sort subject',
  route: 'POST /conversations/{conversation_id}/tags',
  effect: 'write',
  idempotent: true,
  permission: 'Write conversations',
  input: z.strictObject({ conversation_id, id, admin_id }),
  output: Tag,
  readBack: onConversation(true),
})

export const untagConversation = operation({
  name: 'untag_conversation',
  operationId: 'detachTagFromConversation',
  title: 'Untag a conversation',
  description: 'Takes a tag off one conversation. The tag itself stays.',
  asked: 'unlabel remove take tag label off chat thread wrong longer urgent drop strip bug mistake clear complaint detach escalated',
  route: 'DELETE /conversations/{conversation_id}/tags/{id}',
  body: ['admin_id'],
  effect: 'destroy',
  undoneBy: 'tag_conversation',
  idempotent: true,
  permission: 'Write conversations',
  input: z.strictObject({ conversation_id, id, admin_id }),
  output: Tag,
  readBack: onConversation(false),
})

// a ticket does not tell its tags, so these two cannot be read back
export const tagTicket = operation({
  name: 'tag_ticket',
  operationId: 'attachTagToTicket',
  title: 'Tag a ticket',
  description: 'Puts an existing tag on one ticket. Answers the tag, with when and by whom it was applied; get_ticket does not show tags.',
  asked: 'label mark flag case urgent add bug put engineering categorise stick classify gets regression apply follow escalated',
  route: 'POST /tickets/{ticket_id}/tags',
  effect: 'write',
  idempotent: true,
  permission: 'Write tickets',
  input: z.strictObject({ ticket_id, id, admin_id }),
  output: Tag,
})

export const untagTicket = operation({
  name: 'untag_ticket',
  operationId: 'detachTagFromTicket',
  title: 'Untag a ticket',
  description: 'Takes a tag off one ticket. The tag itself stays.',
  asked: 'unlabel remove take tag label off case wrong mistake drop strip clear urgent detach longer blocked unflag',
  route: 'DELETE /tickets/{ticket_id}/tags/{id}',
  body: ['admin_id'],
  effect: 'destroy',
  undoneBy: 'tag_ticket',
  idempotent: true,
  permission: 'Write tickets',
  input: z.strictObject({ ticket_id, id, admin_id }),
  output: Tag,
})
