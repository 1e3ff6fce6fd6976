import { teammate } from './admins.ts'
import { conversations, findConversation, tell } from './conversation.ts'
import type { ConversationDocument } from './conversation-document.ts'
import { type Call, Rejection } from './handler.ts'
import type { Collection } from './store.ts'
import { type AppliedTag, presentTag, type TagDocument, tags } from './tag.ts'
import { ticket, tickets } from './ticket.ts'

/** What carries tags with when and by whom each was applied. */
interface Carrier {
  readonly id: string
  readonly tags: readonly AppliedTag[]
  readonly updated_at: number
}

/** Where the tags of one kind of carrier are kept. */
interface Carriers<D extends Carrier> {
  readonly from: Collection<D>
  /** The carrier of that id, or its 404. */
  readonly named: (call: Call, id: string) => D
  readonly told?: (call: Call, tagged: D) => void
}

/** One request to tag or untag. */
interface Tagging {
  readonly on: string
  readonly id: string
  readonly admin_id: string
}

const notFound = (): Rejection => new Rejection(404, 'tag_not_found', 'Tag not found')

/** [inferred] The code and words: none are published for an unknown admin here. */
const checkAdmin = ({ store }: Call, id: string): void => {
  if (!teammate(store, id)) throw new Rejection(404, 'admin_not_found', 'Admin for admin_id not found')
}

const tagOf = ({ store }: Call, id: string): TagDocument => {
  const tag = store.get(tags, id)
  if (!tag) throw notFound()
  return tag
}

const present = (tag: TagDocument, { applied_at, applied_by }: AppliedTag) => ({ ...presentTag(tag), applied_at, applied_by: { ...applied_by } })

const tagging = <D extends Carrier>({ from, named, told = () => {} }: Carriers<D>) => {
  const having = (carrier: D, applied: readonly AppliedTag[], { now }: Call): D => ({ ...carrier, tags: applied, updated_at: now })
  const save = (call: Call, carrier: D, applied: readonly AppliedTag[]): D => call.store.put(from, having(carrier, applied, call))

  return {
    /** Puts a tag on; one that is there stays as it was applied. */
    tag: ({ on, id, admin_id }: Tagging, call: Call) => {
      const carrier = named(call, on)
      const tag = tagOf(call, id)
      checkAdmin(call, admin_id)
      const before = carrier.tags.find((applied) => applied.id === id)
      const applied: AppliedTag = before ?? { id, applied_at: call.now, applied_by: { type: 'admin', id: admin_id } }
      if (!before) told(call, save(call, carrier, [...carrier.tags, applied]))
      return present(tag, applied)
    },

    untag: ({ on, id, admin_id }: Tagging, call: Call) => {
      const carrier = named(call, on)
      const tag = tagOf(call, id)
      checkAdmin(call, admin_id)
      const applied = carrier.tags.find((one) => one.id === id)
      if (!applied) throw notFound()
      save(call, carrier, carrier.tags.filter((one) => one !== applied))
      return present(tag, applied)
    },

    /** Takes a tag off all. */
    forget: ({ id }: TagDocument, call: Call) => {
      const carrying = call.store.holding(from, 'tag_ids', id)
      call.store.revise(from, carrying, (carrier) => having(carrier, carrier.tags.filter((applied) => applied.id !== id), call))
    },
  }
}

const conversation = (call: Call, id: string): ConversationDocument => {
  const found = findConversation(call, id)
  if (!found) throw new Rejection(404, 'not_found', 'Conversation not found')
  return found
}

export const onConversations = tagging({
  from: conversations,
  named: conversation,
  told: (call, tagged) => tell(call, 'conversation_part.tag.created', tagged),
})

export const onTickets = tagging({ from: tickets, named: ticket })
