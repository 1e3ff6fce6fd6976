import type { Sort } from '../../contract/mention.ts'

/** What a field's ids may be given by name; an assignee is an admin or a team. */
export type Named = Extract<Sort, 'admin' | 'team' | 'tag' | 'segment' | 'ticket_type' | 'contact'> | 'assignee'

/** The words one search takes beyond the API's own. Names of fields are written without marks: `lastseen`. */
export interface Vocabulary {
  readonly aliases: Readonly<Record<string, string>>
  /** Fields that hold ids, and of what. */
  readonly names: Readonly<Record<string, Named>>
  /** Fields of which the values are known, each value with other words for it. */
  readonly choices: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Fields one may expect, and what to do instead. */
  readonly absent: Readonly<Record<string, string>>
  /** What to say of a value that is none of a field's choices. */
  readonly otherwise?: Readonly<Record<string, string>>
  /** Values that mean nobody, besides null. */
  readonly nobody?: Readonly<Record<string, string | number>>
  /** Where the workspace's own fields are declared. */
  readonly own: 'contact' | 'conversation' | 'ticket'
  /** Fields in which one looks for words rather than for the very text. */
  readonly texts: readonly string[]
}

/** `{a: 'x', b: 'x'}` from `{x: 'a b'}`. */
export const aliases = (table: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(table).flatMap(([field, words]) => words.split(' ').map((word) => [word, field])))

/** Words for what conversations and tickets share. */
export const assignment = {
  admin_assignee_id: 'assignee assignedto admin adminassignee owner teammate agent',
  team_assignee_id: 'team teamassignee inbox',
  contact_ids: 'contact contacts contactid customer user person',
  teammate_ids: 'teammates participants participant',
  created_at: 'created opened',
  updated_at: 'updated lastupdated',
  snoozed_until: 'snoozed',
} as const

export const assignmentNames = { admin_assignee_id: 'assignee', team_assignee_id: 'team', contact_ids: 'contact', teammate_ids: 'admin' } as const

const company = 'Companies are no search field: get_account tells what one company asked. Or filter by contact.'

export const withoutCompanies = { company, companyid: company, companies: company, companyname: company } as const
