import * as z from 'zod'
import { Company } from './company.ts'
import { Attachment, LinkedObjects, PartAuthor, Participants } from './part.ts'
import { CustomAttributes, Duration, Html, Reference, shape, Timestamp } from './shape.ts'
import { Tag } from './tag.ts'
import { Ticket } from './tickets.ts'

/** Who wrote in a conversation. What Fin said by itself is marked. */
const Speaker = PartAuthor.extend({ from_ai_agent: z.boolean().nullish(), is_ai_answer: z.boolean().nullish() })

const named = (fields: z.ZodRawShape) => shape({}, { name: z.string(), ...fields })

/** What changed, in parts that tell of a changed attribute, an action or a workflow. */
const EventDetails = shape(
  {},
  {
    action: named({ result: z.string() }),
    attribute: named({}),
    value: named({}),
    workflow: named({}),
    event: shape({}, { type: z.string(), result: z.string() }),
  },
)

const EmailMetadata = shape(
  {},
  { subject: z.string(), email_address_headers: z.array(shape({}, { type: z.string(), email_address: z.string(), name: z.string() })) },
)

/** One entry in a conversation's history: a comment, a note, or a change. */
export const ConversationPart = shape(
  { id: z.string() },
  {
    type: z.string(),
    part_type: z.string(),
    body: Html,
    created_at: Timestamp,
    updated_at: Timestamp,
    notified_at: Timestamp,
    assigned_to: Reference,
    author: Speaker,
    attachments: z.array(Attachment),
    external_id: z.string(),
    redacted: z.boolean(),
    email_message_metadata: EmailMetadata,
    metadata: shape({}, { quick_reply_options: z.array(shape({}, { text: z.string(), uuid: z.string() })) }),
    state: z.string(),
    tags: z.array(shape({ id: z.string() }, { type: z.string(), name: z.string() })),
    event_details: EventDetails,
    app_package_code: z.string(),
  },
)

const Source = shape(
  {},
  {
    type: z.string(),
    id: z.string(),
    delivered_as: z.string(),
    subject: z.string(),
    body: Html,
    author: Speaker,
    attachments: z.array(Attachment),
    url: z.string(),
    redacted: z.boolean(),
  },
)

const Rating = shape(
  {},
  {
    rating: z.int(),
    remark: z.string(),
    created_at: Timestamp,
    contact: shape({}, { type: z.string(), id: z.string(), external_id: z.string() }),
    teammate: Reference,
  },
)

const ResponseTime = shape({}, { team_id: z.int(), team_name: z.string(), response_time: Duration })

const Statistics = shape(
  {},
  {
    type: z.string(),
    time_to_assignment: Duration,
    time_to_admin_reply: Duration,
    time_to_first_close: Duration,
    time_to_last_close: Duration,
    median_time_to_reply: Duration,
    first_contact_reply_at: Timestamp,
    first_assignment_at: Timestamp,
    first_admin_reply_at: Timestamp,
    first_close_at: Timestamp,
    last_assignment_at: Timestamp,
    last_assignment_admin_reply_at: Timestamp,
    last_contact_reply_at: Timestamp,
    last_admin_reply_at: Timestamp,
    last_close_at: Timestamp,
    last_closed_by_id: z.string(),
    count_reopens: z.int(),
    count_assignments: z.int(),
    count_conversation_parts: z.int(),
    assigned_team_first_response_time: z.array(ResponseTime),
    assigned_team_first_response_time_in_office_hours: z.array(ResponseTime),
    handling_time: Duration,
    adjusted_handling_time: Duration,
  },
)

const ContentSource = shape({}, { content_type: z.string(), url: z.string(), title: z.string(), locale: z.string() })

/** What Fin did in a conversation. */
const AiAgent = shape(
  {},
  {
    source_type: z.string(),
    source_title: z.string(),
    last_answer_type: z.string(),
    resolution_state: z.string(),
    rating: z.int(),
    rating_remark: z.string(),
    content_sources: shape({}, { type: z.string(), total_count: z.int(), content_sources: z.array(ContentSource) }),
  },
)

/** A conversation as lists and searches answer it: without its parts. */
export const ListedConversation = shape(
  { id: z.string() },
  {
    type: z.string(),
    title: z.string(),
    created_at: Timestamp,
    updated_at: Timestamp,
    waiting_since: Timestamp,
    snoozed_until: Timestamp,
    open: z.boolean(),
    state: z.enum(['open', 'closed', 'snoozed']),
    read: z.boolean(),
    priority: z.enum(['priority', 'not_priority']),
    admin_assignee_id: z.int(),
    team_assignee_id: z.int(),
    tags: shape({}, { type: z.string(), tags: z.array(Tag) }),
    conversation_rating: Rating,
    source: Source,
    contacts: Participants,
    teammates: shape({}, { type: z.string(), admins: z.array(Reference), teammates: z.array(Reference) }),
    custom_attributes: CustomAttributes,
    first_contact_reply: shape({}, { created_at: Timestamp, type: z.string(), url: z.string() }),
    sla_applied: shape({}, { type: z.string(), sla_name: z.string(), sla_status: z.string() }),
    statistics: Statistics,
    topics: shape({}, { type: z.string(), topics: z.array(shape({}, { type: z.string(), name: z.string() })), total_count: z.int() }),
    company: Company,
    ticket: Ticket,
    linked_objects: LinkedObjects,
    ai_agent_participated: z.boolean(),
    ai_agent: AiAgent,
  },
)

/** A conversation with the newest 500 of its parts. */
export const Conversation = ListedConversation.extend({
  conversation_parts: shape(
    {},
    { type: z.string(), conversation_parts: z.array(ConversationPart), total_count: z.int() },
  ).nullish(),
})
