import { supporting } from '../../client/caller.ts'
import type { Client } from '../../client/client.ts'
import { getConversation } from '../../contract/conversations.ts'
import type { Tongue } from './flat-search.ts'
import type { Depth } from './depth.ts'
import { aliases, assignment, assignmentNames, type Vocabulary, withoutCompanies } from './vocabulary.ts'

const vocabulary: Vocabulary = {
  aliases: aliases({
    ...assignment,
    state: 'status',
    tag_ids: 'tag tags tagid tagged',
    'source.body': 'body message text firstmessage',
    'source.author.email': 'authoremail email from customeremail contactemail',
    'source.author.name': 'authorname author',
    'source.type': 'channel type sourcetype',
    waiting_since: 'waiting',
    'conversation_rating.score': 'rating csat',
    'conversation_rating.remark': 'remark ratingremark',
    'conversation_rating.admin_id': 'ratedadmin ratedteammate',
    ai_agent_participated: 'ai fin aiparticipated finparticipated aiagent',
    'ai_agent.resolution_state': 'airesolutionstate airesolution finresolution resolutionstate',
    'ai_agent.last_answer_type': 'ailastanswertype',
    'ai_agent.rating': 'airating finrating',
    'statistics.count_conversation_parts': 'parts partscount countparts messages',
    'statistics.last_close_at': 'closed closedat lastclosed',
    'statistics.last_closed_by_id': 'closedby lastclosedby',
    'statistics.last_contact_reply_at': 'lastcustomerreply',
    'statistics.count_reopens': 'reopens reopened',
  }),
  names: { ...assignmentNames, tag_ids: 'tag', 'statistics.last_closed_by_id': 'admin', 'conversation_rating.admin_id': 'admin', 'conversation_rating.contact_id': 'contact' },
  choices: {
    state: { open: 'opened', closed: 'resolved done', snoozed: '' },
    priority: { priority: 'true high yes', not_priority: 'false none normal no' },
  },
  absent: { ...withoutCompanies, title: 'Titles of conversations are not searched: `text` looks through what was written.' },
  nobody: { admin_assignee_id: 0, team_assignee_id: 0 },
  own: 'conversation',
  texts: ['source.body', 'source.subject', 'conversation_rating.remark', 'ai_agent.rating_remark'],
}

/** Searches answer conversations without their parts. */
const whole = async (id: string, client: Client, signal: AbortSignal) => supporting(client).call(getConversation, { id }, { signal })

type Whole = Partial<Awaited<ReturnType<typeof whole>>>

const depth: Depth = {
  id: 'conversation_id',
  recent: 15,
  searched: 'the first messages',
  beyond: 'all messages',
  whole,
  texts: ({ source, conversation_parts: held }: Whole) => [source?.subject, source?.body, ...(held?.conversation_parts ?? []).map(({ body }) => body)],
}

export const tongue: Tongue = {
  noun: 'conversations',
  vocabulary,
  example: '[{field: "assignee", value: "me"}, {field: "updated", value: "last 7 days"}]',
  text: 'Words in first messages, and in all messages of recent ones.',
  depth,
}
