import { callName } from './transcript/author.ts'

type Document = Record<string, unknown>

/** How those in a list are called, without their ids. Undefined for an empty one. */
export const names = (list: unknown): unknown[] | undefined => (Array.isArray(list) && list.length ? list.map((item: unknown) => (typeof item === 'object' ? callName(item) : item)) : undefined)

/** To whom something is assigned, by name where it is known. */
export const assignees = ({ admin_assignee, admin_assignee_id, team_assignee, team_assignee_id }: Document): Document => ({
  admin_assignee: admin_assignee ?? admin_assignee_id,
  team_assignee: team_assignee ?? team_assignee_id,
})

/** The days of something, the second only where it is another: `2026-03-04`. */
export const days = ({ created_at, updated_at }: Document): Document => {
  const [created, updated] = [day(created_at), day(updated_at)]
  return { created_at: created, updated_at: created === updated ? undefined : updated }
}

const day = (moment: unknown): unknown => (typeof moment === 'string' ? moment.slice(0, 10) : moment)

/** Without what is not there. */
export const defined = (entries: Document): Document => Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined))
