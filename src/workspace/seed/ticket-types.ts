import type { Store } from '../store.ts'
import { defaultStates, ticketStates } from '../ticket-states.ts'
import { addAttribute, layDefaultAttributes, type TicketTypeAttributeDocument } from '../ticket-type-attributes.ts'
import { ticketTypes } from '../ticket-type.ts'
import { uuid } from '../uuid.ts'
import type { Clock } from './clock.ts'

type Question = Pick<TicketTypeAttributeDocument, 'name' | 'data_type' | 'description'> &
  Partial<Pick<TicketTypeAttributeDocument, 'required_to_create' | 'required_to_create_for_contacts' | 'visible_to_contacts' | 'multiline' | 'allow_multiple_values'>> & {
    /** Labels of a list's choices. */
    readonly choices?: readonly string[]
  }

const required = { required_to_create: true, required_to_create_for_contacts: true }
const internal = { visible_to_contacts: false }

/** One of each category and more; between them they ask questions of every data type. */
const kinds = [
  {
    name: 'Question',
    description: 'Anything a customer wants to know that takes more than one answer.',
    icon: '🎟️',
    category: 'Customer',
    questions: [{ name: 'Area', data_type: 'list', description: 'Part of the product.', choices: ['Calendar', 'Payments', 'Waivers', 'Reports', 'Account'] }],
  },
  {
    name: 'Booking problem',
    description: 'A booking that is wrong, double or missing.',
    icon: '🛶',
    category: 'Customer',
    questions: [
      { name: 'Booking reference', data_type: 'string', description: 'Starts with PW-.', ...required },
      { name: 'Severity', data_type: 'list', description: 'How much it hurts.', choices: ['Low', 'Medium', 'High', 'Critical'], required_to_create: true },
      { name: 'Guests affected', data_type: 'integer', description: 'People who booked.' },
      { name: 'Happened at', data_type: 'datetime', description: 'When it was first seen.' },
      { name: 'Guests informed', data_type: 'boolean', description: 'Whether the guests know already.' },
      { name: 'Screenshots', data_type: 'files', description: 'What it looked like.', allow_multiple_values: true },
    ],
  },
  {
    name: 'Refund request',
    description: 'Money back to a guest or to an outfitter.',
    icon: '💸',
    category: 'Customer',
    questions: [
      { name: 'Amount', data_type: 'decimal', description: 'In dollars.', ...required },
      { name: 'Booking reference', data_type: 'string', description: 'Starts with PW-.' },
      { name: 'Reason', data_type: 'list', description: 'Why money goes back.', choices: ['Weather', 'Guest cancelled', 'Charged twice', 'Other'] },
      { name: 'Paid by card', data_type: 'boolean', description: 'Otherwise by voucher or in cash.' },
      { name: 'Receipt', data_type: 'files', description: 'Proof of payment.' },
    ],
  },
  {
    name: 'Bug',
    description: 'Work for the product team behind what a customer reported.',
    icon: '🐞',
    category: 'Back-office',
    questions: [
      { name: 'Steps to reproduce', data_type: 'string', description: 'From a fresh login.', multiline: true, ...internal },
      { name: 'Component', data_type: 'list', description: 'Where it lives.', choices: ['Calendar sync', 'Checkout', 'Mobile app', 'Webhooks'], ...internal },
      { name: 'Regression', data_type: 'boolean', description: 'Worked before.', ...internal },
      { name: 'Estimate in hours', data_type: 'decimal', description: 'A guess.', ...internal },
      { name: 'Due', data_type: 'datetime', description: 'Promised to the customer.', ...internal },
    ],
  },
  {
    name: 'Incident',
    description: 'One trouble that many customers have at once.',
    icon: '🚨',
    category: 'Tracker',
    questions: [
      { name: 'Customers affected', data_type: 'integer', description: 'Accounts, not guests.', ...internal },
      { name: 'Started at', data_type: 'datetime', description: 'First alarm.', ...internal },
      { name: 'Status page updated', data_type: 'boolean', description: 'Customers can read of it.', ...internal },
    ],
  },
] as const satisfies readonly {
  name: string
  description: string
  icon: string
  category: 'Customer' | 'Back-office' | 'Tracker'
  questions: readonly Question[]
}[]

export type Kind = (typeof kinds)[number]['name']

export const typeId = (kind: Kind): string => String(kinds.findIndex(({ name }) => name === kind) + 1)

/** States by the name the seed calls them. The last is one that bugs alone go through. */
export const stateIds = { submitted: '2501', in_progress: '2502', waiting_on_customer: '2503', resolved: '2504', with_engineering: '2505' } as const

export const layTicketTypes = (store: Store, { ago }: Clock): void => {
  layOwnState(store)
  for (const [index, { questions, ...kind }] of kinds.entries()) {
    const created_at = ago(1400 - index * 90, 11)
    const id = String(store.next('ticket_type'))
    store.put(ticketTypes, { ...kind, id, is_internal: kind.category !== 'Customer', archived: false, created_at, updated_at: created_at })
    layDefaultAttributes(store, id, created_at)
    for (const [place, question] of questions.entries()) layQuestion(store, id, question, place + 2, created_at)
  }
}

const layQuestion = (store: Store, ticket_type_id: string, { choices = [], ...question }: Question, order: number, now: number): void => {
  const list_options = choices.map((label, index) => ({ id: uuid(`choice ${ticket_type_id} ${order} ${index}`), label }))
  addAttribute(store, { ...question, ticket_type_id, list_options, order }, now)
}

export const layTicketStates = (store: Store): void => {
  for (const [index, state] of defaultStates.entries())
    store.put(ticketStates, { ...state, id: String(Number(stateIds.submitted) + index), archived: false, ticket_type_ids: null })
}

const layOwnState = (store: Store): void => {
  store.put(ticketStates, {
    id: stateIds.with_engineering,
    category: 'in_progress',
    internal_label: 'With engineering',
    external_label: 'Being fixed',
    archived: false,
    ticket_type_ids: [typeId('Bug')],
  })
}
