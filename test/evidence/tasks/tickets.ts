import { named } from '../raw-lookups.ts'
import { both, type Json, plain, type Raw, read, readAll, type Task, unix, where } from '../task.ts'

const typeNamed = async (raw: Raw, wanted: string) => named((await raw('list_ticket_types')).data, wanted)
const attributeNamed = (type: Json, wanted: string): string => named(type.ticket_type_attributes.data, wanted).id
const adminNamed = async (raw: Raw, wanted: string): Promise<string> => named((await raw('list_admins')).admins, wanted).id
const find = (raw: Raw, query: object, per_page = 20) => raw('search_tickets', { query, pagination: { per_page } })
const count = async (raw: Raw, query: object): Promise<number> => (await find(raw, query, 1)).total_count

/** Tickets: by type, state, assignee and what was filled in. */
export const tickets: readonly Task[] = [
  {
    question: 'In which state is ticket 132?',
    answer: 'In progress',
    ours: async ({ text }) => {
      const found = await text('call_read_operation', { operation: 'get_ticket', input: { id: '132', fields: ['ticket_state'] } })
      return read(found, /ticket_state: (.+)/)
    },
    raw: async (raw) => (await raw('get_ticket', { id: '132' })).ticket_state.internal_label,
  },
  {
    question: 'Who has the ticket about the course that the storm closed?',
    answer: 'Lucía Ferrer',
    ours: async ({ text }) => read(await text('search_tickets', { text: 'storm closed', fields: ['title', 'admin_assignee_id'] }), /admin_assignee: (.+)/),
    raw: async (raw) => {
      const { tickets } = await find(raw, where('title', '~', 'storm closed'))
      return (await raw('get_admin', { id: tickets[0].admin_assignee_id })).name
    },
  },
  {
    question: 'What did the customer write last in the ticket about the tour that was booked twice?',
    answer: 'I can move one group to 13:00 if I know by Thursday evening.',
    ours: async ({ data }) => {
      const { tickets } = await data('search_tickets', { text: 'booked twice after the calendar sync', fields: ['title'] })
      const { ticket } = await data('call_read_operation', { operation: 'get_ticket', input: { id: tickets[0].id } })
      return ticket.ticket_parts.findLast(({ by }: { by: string }) => by === 'customer').body
    },
    raw: async (raw) => {
      const { tickets } = await find(raw, where('title', '~', 'booked twice after the calendar sync'))
      const { ticket_parts } = await raw('get_ticket', { id: tickets[0].id })
      return plain(ticket_parts.ticket_parts.findLast(({ author }: { author: { type: string } }) => author.type === 'user').body)
    },
  },
  {
    question: 'How many refund requests are open?',
    answer: 8,
    ours: async ({ text }) => {
      const filters = [{ field: 'type', value: 'Refund request' }, { field: 'open', value: true }]
      return Number(read(await text('search_tickets', { filters, per_page: 1, fields: ['title'] }), /total: (\d+)/))
    },
    raw: async (raw) => count(raw, both(where('ticket_type_id', '=', (await typeNamed(raw, 'Refund request')).id), where('open', '=', true))),
  },
  {
    question: 'Which booking problems are critical, by their number?',
    answer: ['15', '7'],
    ours: async ({ data }) => {
      const filters = [{ field: 'type', value: 'Booking problem' }, { field: 'Severity', value: 'Critical' }]
      const { tickets } = await data('search_tickets', { filters, fields: ['ticket_id'] })
      return tickets.map(({ ticket_id }: { ticket_id: string }) => ticket_id).sort()
    },
    raw: async (raw) => {
      const type = await typeNamed(raw, 'Booking problem')
      const { tickets } = await find(raw, where(`ticket_attribute.${attributeNamed(type, 'Severity')}`, '=', 'Critical'))
      return tickets.map(({ ticket_id }: { ticket_id: string }) => ticket_id).sort()
    },
  },
  {
    question: 'How many refund requests since 1 October 2025 are over 300 dollars?',
    answer: 4,
    ours: async ({ text }) => {
      const amount = { field: 'Amount', operator: 'greater_than', value: 300 }
      const filters = [{ field: 'type', value: 'Refund request' }, { field: 'created', operator: 'at_least', value: '2025-10-01' }, amount]
      return Number(read(await text('search_tickets', { filters, fields: ['ticket_attributes'] }), /total: (\d+)/))
    },
    raw: async (raw) => {
      const type = await typeNamed(raw, 'Refund request')
      const amount = where(`ticket_attribute.${attributeNamed(type, 'Amount')}`, '>', 300)
      return count(raw, both(where('ticket_type_id', '=', type.id), where('created_at', '>=', unix('2025-10-01T00:00-04:00')), amount))
    },
  },
  {
    question: 'How many questions since 1 November 2025 wait on the customer?',
    answer: 3,
    ours: async ({ data }) => {
      const filters = [{ field: 'type', value: 'Question' }, { field: 'created', operator: 'at_least', value: '2025-11-01' }]
      const { tickets } = await data('search_tickets', { filters, fields: ['ticket_state'] })
      return tickets.filter(({ ticket_state }: { ticket_state: string }) => ticket_state === 'Waiting on customer').length
    },
    raw: async (raw) => {
      const { tickets } = await find(raw, both(where('ticket_type_id', '=', (await typeNamed(raw, 'Question')).id), where('created_at', '>=', unix('2025-11-01T00:00-04:00'))))
      return tickets.filter(({ ticket_state }: { ticket_state: { category: string } }) => ticket_state.category === 'waiting_on_customer').length
    },
  },
  {
    question: 'Which ticket of Dmitri Halvorsen is with engineering?',
    answer: 'Calendar sync writes the same booking twice',
    ours: async ({ text }) => {
      const filters = [{ field: 'assignee', value: 'Dmitri Halvorsen' }, { field: 'open', value: true }]
      return read(await text('search_tickets', { filters, fields: ['title', 'ticket_state'] }), /title: (.+)\n +ticket_state: With engineering/)
    },
    raw: async (raw) => {
      const { tickets } = await find(raw, both(where('admin_assignee_id', '=', await adminNamed(raw, 'Dmitri Halvorsen')), where('open', '=', true)))
      const state = ({ ticket_state }: { ticket_state: { internal_label: string } }) => ticket_state.internal_label === 'With engineering'
      return tickets.find(state).ticket_attributes._default_title_
    },
  },
  {
    question: 'How many hours did we guess for the calendar sync bug?',
    answer: 6.5,
    ours: async ({ data }) => {
      const { tickets } = await data('search_tickets', { text: 'Calendar sync writes', fields: ['title', 'ticket_attributes'] })
      return tickets[0].ticket_attributes['Estimate in hours']
    },
    raw: async (raw) => (await find(raw, where('title', '~', 'Calendar sync writes'))).tickets[0].ticket_attributes['Estimate in hours'],
  },
  {
    question: 'Who wants 414 dollars back, and why?',
    answer: ['Joaquín Beltrán', 'Weather'],
    ours: async ({ text }) => {
      const filters = [{ field: 'type', value: 'Refund request' }, { field: 'Amount', value: 414 }]
      const found = await text('search_tickets', { filters, fields: ['contacts', 'ticket_attributes'] })
      return [read(found, / name: (.+)/), read(found, /Reason: (.+)/)]
    },
    raw: async (raw) => {
      const type = await typeNamed(raw, 'Refund request')
      const { tickets } = await find(raw, where(`ticket_attribute.${attributeNamed(type, 'Amount')}`, '=', 414))
      const { name } = await raw('get_contact', { id: tickets[0].contacts.contacts[0].id })
      return [name, tickets[0].ticket_attributes.Reason]
    },
  },
  {
    question: 'How many open tickets has Tobias Renner?',
    answer: 8,
    ours: async ({ data }) => {
      const filters = [{ field: 'assignee', value: 'Tobias Renner' }, { field: 'open', value: true }]
      return (await data('search_tickets', { filters, per_page: 1, fields: ['title'] })).total
    },
    raw: async (raw) => count(raw, both(where('admin_assignee_id', '=', await adminNamed(raw, 'Tobias Renner')), where('open', '=', true))),
  },
  {
    question: 'Which open tickets of the team Billing are there, by their number?',
    answer: [3, 7, 20, 31, 38],
    ours: async ({ text }) => {
      const filters = [{ field: 'team', value: 'Billing' }, { field: 'open', value: true }]
      return readAll(await text('search_tickets', { filters, fields: ['ticket_id'] }), /ticket_id: (\d+)/g).map(Number).sort((a, b) => a - b)
    },
    raw: async (raw) => {
      const { teams } = await raw('list_teams')
      const { id } = named(teams, 'Billing')
      const { tickets } = await find(raw, both(where('team_assignee_id', '=', id), where('open', '=', true)))
      return tickets.map(({ ticket_id }: { ticket_id: string }) => Number(ticket_id)).sort((a: number, b: number) => a - b)
    },
  },
  {
    question: 'How many customers did the incident with the slow payments hit?',
    answer: 37,
    ours: async ({ data }) => {
      const { tickets } = await data('search_tickets', { text: 'slow payments', fields: ['title', 'ticket_attributes'] })
      return tickets[0].ticket_attributes['Customers affected']
    },
    raw: async (raw) => (await find(raw, where('title', '~', 'Payments slow'))).tickets[0].ticket_attributes['Customers affected'],
  },
]
