import type { Detail } from '../../view/view.ts'
import type { AccountRead, Shown } from '../../view/account/account.ts'

/** What could be read of a company, and why the rest could not. */
export interface Told {
  readonly read: AccountRead
  readonly missing: Readonly<Record<string, string | undefined>>
  readonly shown: Shown
  /** Of how many people conversations and tickets were asked for. */
  readonly asked: number
  readonly detail: Detail
}

/** What an account's answer leaves out, why, and the call that shows it: sentences. */
export const leftOut = (told: Told): string[] => {
  const { read: { people, conversations, tickets }, missing, asked } = told
  const unread = Object.entries(missing).map(([part, reason]) => `${part === 'people' ? 'people, and so their conversations and tickets,' : part} could not be read: ${(reason ?? '').replace(/\.$/, '')}.`)
  const unasked = people && people.total > asked && (conversations ?? tickets) ? [`Conversations and tickets are those of ${asked} of the ${people.total} people.`] : []
  const uncounted = tickets && tickets.total > tickets.items.length ? [`More than ${tickets.items.length} tickets are not counted by state.`] : []
  return [...unread, ...unasked, ...uncounted, ...cut(told)]
}

const cut = ({ read: { company, people, conversations, tickets }, shown, detail }: Told): string[] => {
  const talks = Object.values(conversations ?? {})
  const lists = [
    ['people', Math.min(shown.people, people?.items.length ?? 0), people?.total ?? 0],
    ['conversations', sum(talks.map(({ items }) => items.length)), sum(talks.map(({ total }) => total))],
    ['tickets', Math.min(shown.tickets, tickets?.items.length ?? 0), tickets?.total ?? 0],
  ] as const
  const some = lists.filter(([, few, total]) => few < total).map(([what, few, total]) => `${few} of ${total} ${what}`)
  return some.length ? [`Shown are ${some.join(', ')}: the latest, unfinished ones first. For more ${next[detail](called(company.id))}.`] : []
}

/** What stands outside the marks of customers' text must be no text. */
const called = (id: string): string => (/^\w{1,64}$/.test(id) ? id : '<its id>')

const next: Readonly<Record<Told['detail'], (id: string) => string>> = {
  summary: (id) => `get_account {"company": "${id}", "detail": "full"}`,
  full: (id) => `list_company_contacts {"id": "${id}"}, and search_conversations or search_tickets with contact_ids`,
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0)
