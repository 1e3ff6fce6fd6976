import { onConversations, onTickets } from './applied-tags.ts'
import { known } from './contact-lifecycle.ts'
import { type Call, type Handlers, Rejection, type Refusals } from './handler.ts'
import { segments } from './segment.ts'
import { sql } from './store.ts'
import { presentTag, tagById, type TagDocument, tags } from './tag.ts'
import { invalidTag, requested } from './tag-creation.ts'
import { tagContact, takeFromHolders, untagContact } from './tag-holders.ts'

/** Removes a tag and takes it from everything that carries it. */
const remove = (tag: TagDocument, call: Call): void => {
  const { store } = call
  const needing = store.find(segments, { where: sql`EXISTS (SELECT 1 FROM json_each(tag_ids) WHERE value = ${tag.id})` })
  const names = needing.map(({ name }) => name).join(', ')
  if (names) throw new Rejection(400, 'tag_has_dependent_objects', `Unable to delete Tag with dependent objects. Segments: ${names}.`)
  takeFromHolders(tag, call)
  onConversations.forget(tag, call)
  onTickets.forget(tag, call)
  store.remove(tags, tag.id)
}

export const handlers: Handlers<'tags'> = {
  list_tags: (_, { store }) => ({ type: 'list', data: store.find(tags, { order: sql`name` }).map(presentTag) }),

  get_tag: ({ id }, { store }) => presentTag(tagById(store, id)),

  create_tag: (wanted, call) => presentTag(requested(wanted, call)),

  delete_tag: ({ id }, call) => {
    remove(tagById(call.store, id), call)
    return {}
  },

  tag_contact: ({ contact_id, id }, call) => {
    const contact = known(call, contact_id)
    const tag = tagById(call.store, id)
    tagContact(contact, tag, call)
    // [inferred] a contact does not keep when and by whom, so tagging again tells of this time
    return { ...presentTag(tag), applied_at: call.now, applied_by: { type: 'admin', id: call.admin.id } }
  },

  untag_contact: ({ contact_id, id }, call) => {
    const contact = known(call, contact_id)
    const tag = tagById(call.store, id)
    if (!contact.tag_ids.includes(id)) throw new Rejection(404, 'not_found', 'Resource Not Found')
    untagContact(contact, tag, call)
    return presentTag(tag)
  },

  tag_conversation: ({ conversation_id, ...tagging }, call) => onConversations.tag({ on: conversation_id, ...tagging }, call),

  untag_conversation: ({ conversation_id, ...tagging }, call) => onConversations.untag({ on: conversation_id, ...tagging }, call),

  tag_ticket: ({ ticket_id, ...tagging }, call) => onTickets.tag({ on: ticket_id, ...tagging }, call),

  untag_ticket: ({ ticket_id, ...tagging }, call) => onTickets.untag({ on: ticket_id, ...tagging }, call),
}

export const refusals: Refusals<'tags'> = { create_tag: { name: invalidTag, companies: invalidTag, users: invalidTag } }
