import type * as z from 'zod'
import type { AccountRead, Shown } from '../../view/account/account.ts'
import { shownOf } from '../../view/redaction/shown.ts'
import type { Detail } from '../../view/view.ts'
import type { Account, Asking } from './asking.ts'
import { findAccounts, type Found } from './find.ts'
import { askedAbout, type Extent, readConversations, readPeople, readTickets } from './read.ts'
import { leftOut } from './told.ts'
import { BadArguments, parse } from '../arguments.ts'
import { type CallContext, mannerOf, result, type ToolResult } from '../call.ts'
import { gather, type Gathered, remedy } from '../gather.ts'
import { AccountInput } from '../overview-tools.ts'
import { rationed } from '../ration.ts'

/** How far each detail goes: calls made, pages of companies looked through, what is read, and what is shown of it. */
const extents: Readonly<Record<Detail, Extent & { readonly calls: number; readonly pages: number; readonly shown: Shown }>> = {
  summary: { calls: 12, pages: 2, people: 1, open: 3, snoozed: 1, closed: 1, tickets: 50, shown: { people: 10, tickets: 3 } },
  full: { calls: 40, pages: 10, people: 4, open: 20, snoozed: 10, closed: 20, tickets: 150, shown: { people: 60, tickets: 20 } },
}

/** Milliseconds for one call and for all: what takes longer is left out. */
const time = { eachMs: 10_000, wholeMs: 25_000 }

/** One company with its people, and with their conversations and tickets in sum. Of several that match none is taken: they are listed. */
export const getAccount = async (args: unknown, caller: CallContext): Promise<ToolResult> => {
  const { company: pasted, detail = 'summary' } = parse(AccountInput, args) as z.output<typeof AccountInput> // parse gives what the schema does
  const { calls, pages } = extents[detail]
  const client = rationed(caller.client, { calls, ...time, now: caller.now })
  const context = { ...caller, client }
  const asking = { client, options: { signal: caller.signal } }
  const found = await findAccounts(pasted, pages, asking)
  const [company] = found.companies
  if (!company) throw new BadArguments(['No company was found, nor a person who belongs to one.', ...found.looked, ...remedy(found.looked), unseen].join(' '))
  return found.companies.length > 1 || found.guessed ? choice(found, context) : account(company, detail, found.looked, asking, context)
}

const unseen = 'Give its name, company_id, Intercom id or website, or the email of one of its people. A company without people is found only by exact name or id; list_companies lists all others.'

/** Most that are listed to choose from. */
const mostMatches = 20

const choice = async ({ companies, guessed, looked }: Found, context: CallContext): Promise<ToolResult> => {
  const { matchesView } = await import('../../view/account/account.ts')
  const said = guessed ? 'No company is called so; this is spelt most alike.' : `${companies.length} companies match${companies.length > mostMatches ? `, of which ${mostMatches} are listed` : ''}.`
  const completeness = [said, ...looked, ...remedy(looked), 'Call get_account again with the id of the one that is meant.'].join(' ')
  return result(matchesView(shownOf(companies.slice(0, mostMatches), context.redact), completeness, await mannerOf(context, [])))
}

const account = async (company: Account, detail: Detail, looked: readonly string[], asking: Asking, context: CallContext): Promise<ToolResult> => {
  const { accountView } = await import('../../view/account/account.ts')
  const { shown, ...extent } = extents[detail]
  const { found, missing, asked } = await readOf(company, extent, asking)
  const read = { company, ...found }
  const left = [...looked, ...leftOut({ read, missing, shown, asked, detail })]
  const manner = await mannerOf(context, mentioning(read, shown))
  return result(accountView(shownOf(read, context.redact), shown, [...left, ...remedy(left)].join(' ') || 'All there is.', manner))
}

type Parts = Pick<AccountRead, 'people' | 'conversations' | 'tickets'>

/** Its people, then what they wrote. */
const readOf = async ({ id }: Account, extent: Extent, asking: Asking): Promise<Gathered<Parts> & { readonly asked: number }> => {
  const who = await gather<Pick<Parts, 'people'>>({ people: () => readPeople(id, extent.people, asking) })
  const people = askedAbout(who.found.people)
  if (people.length === 0) return { ...who, asked: 0 }
  const { found, missing } = await gather<Omit<Parts, 'people'>>({
    conversations: () => readConversations(people, extent, asking),
    tickets: () => readTickets(people, extent, asking),
  })
  return { found: { ...who.found, ...found }, missing: { ...who.missing, ...missing }, asked: people.length }
}

/** Whose names are looked up: those of owners and assignees that are shown. The people's own are known. */
const mentioning = ({ people, conversations, tickets }: AccountRead, shown: Shown): unknown[] => [
  ...(people?.items ?? []).slice(0, shown.people).map(({ owner_id }) => ({ owner_id })),
  ...Object.values(conversations ?? {}).flatMap(({ items }) => items).map(assignees),
  ...(tickets?.items ?? []).slice(0, shown.tickets).map(assignees),
]

const assignees = ({ admin_assignee_id, team_assignee_id }: { readonly admin_assignee_id?: unknown; readonly team_assignee_id?: unknown }) => ({ admin_assignee_id, team_assignee_id })
