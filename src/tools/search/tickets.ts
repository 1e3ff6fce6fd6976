import type { Output } from '../../contract/operation.ts'
import type { getTicket } from '../../contract/tickets.ts'
import type { Tongue } from './flat-search.ts'
import type { Depth } from './depth.ts'
import { aliases, assignment, assignmentNames, type Vocabulary, withoutCompanies } from './vocabulary.ts'

const stateOfTickets =
  'Ticket search knows only `state`: open, closed or snoozed. Which ticket state a ticket is in (such as "Waiting on customer") cannot be searched, but is shown with each that is found.'

const vocabulary: Vocabulary = {
  aliases: aliases({ ...assignment, state: 'status', ticket_type_id: 'type tickettype', title: 'subject', description: 'body text' }),
  names: { ...assignmentNames, ticket_type_id: 'ticket_type' },
  choices: {
    state: { open: 'opened', closed: '', snoozed: '' },
    category: { request: 'customer', task: 'back-office backoffice back_office internal', tracker: '' },
  },
  absent: { ...withoutCompanies, ticketstate: stateOfTickets, ticketstateid: stateOfTickets, tag: 'Ticket search knows no tags.', tags: 'Ticket search knows no tags.', ticketid: 'The number shown in the inbox is no search field. Filter by id.' },
  otherwise: { state: stateOfTickets },
  nobody: { admin_assignee_id: '0', team_assignee_id: '0' },
  own: 'ticket',
  texts: ['title', 'description'],
}

type Whole = Partial<Output<typeof getTicket>>

/** Searches answer tickets with their parts. */
const depth: Depth = {
  id: 'ticket_id',
  recent: 50,
  searched: 'the titles and descriptions',
  beyond: 'all that was written',
  texts: ({ ticket_attributes: values, ticket_parts: held }: Whole) => [...Object.values(values ?? {}), ...(held?.ticket_parts ?? []).map(({ body }) => body)],
}

export const tongue: Tongue = {
  noun: 'tickets',
  vocabulary,
  example: '[{field: "Severity", value: "High"}, {field: "created", operator: "after", value: "2026-03-04"}]',
  text: 'Words to find.',
  depth,
}
