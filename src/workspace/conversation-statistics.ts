const durations = ['time_to_assignment', 'time_to_admin_reply', 'time_to_first_close', 'time_to_last_close', 'handling_time'] as const

const moments = [
  'first_contact_reply_at',
  'first_assignment_at',
  'first_admin_reply_at',
  'first_close_at',
  'last_assignment_at',
  'last_assignment_admin_reply_at',
  'last_contact_reply_at',
  'last_admin_reply_at',
  'last_close_at',
] as const

const counts = ['count_reopens', 'count_assignments', 'count_conversation_parts'] as const

/** What is told in numbers, each null until something happened. */
export const measures = [...durations, ...moments, ...counts, 'median_time_to_reply'] as const

/** How a conversation went. Moments are unix seconds, durations seconds; null until something happened. */
export type Statistics = Readonly<Record<(typeof durations | typeof moments)[number], number | null>> &
  Readonly<Record<(typeof counts)[number], number>> & {
    readonly last_closed_by_id: string | null
    /** How long contacts waited for each answer. */
    readonly waits: readonly number[]
    /** How long each team took to answer first. */
    readonly first_responses: readonly { readonly team_id: number; readonly response_time: number }[]
  }

const all = <K extends string, V>(names: readonly K[], value: V) =>
  Object.fromEntries(names.map((name) => [name, value])) as Record<K, V> // fromEntries forgets the keys

/** Of a conversation in which nothing happened yet. */
export const nothingYet: Statistics = {
  ...all([...durations, ...moments], null),
  ...all(counts, 0),
  last_closed_by_id: null,
  waits: [],
  first_responses: [],
}

/** Since when a conversation is measured. */
const start = (so: Statistics): number | null => so.first_contact_reply_at

/** [inferred] Durations are of the clock: a workspace here has no office hours to take out. */
const since = (moment: number | null, at: number): number | null => (moment === null ? null : Math.max(0, at - moment))

/** The measures, among them the one that is made of others. */
export const measured = (so: Statistics): Readonly<Record<(typeof measures)[number], number | null>> => ({
  ...so,
  median_time_to_reply: median(so.waits),
})

const median = (values: readonly number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]]
  return low === undefined || high === undefined ? null : Math.round((low + high) / 2)
}

/** A contact wrote. */
export const contactReplied = (so: Statistics, at: number): Statistics => ({
  ...so,
  first_contact_reply_at: so.first_contact_reply_at ?? at,
  last_contact_reply_at: Math.max(at, so.last_contact_reply_at ?? at),
})

/** A teammate answered. `waitingSince`: since when the contact waits; `team`: whose conversation it is. */
export const adminReplied = (so: Statistics, at: number, waitingSince: number | null, team: number | null): Statistics => {
  const waits = waitingSince === null ? so.waits : [...so.waits, Math.max(0, at - waitingSince)]
  const began = start(so)
  const first = Math.min(at, so.first_admin_reply_at ?? at)
  return {
    ...so,
    ...(began !== null && at >= began && { first_admin_reply_at: first, time_to_admin_reply: since(began, first) }),
    last_admin_reply_at: Math.max(at, so.last_admin_reply_at ?? at),
    ...(so.last_assignment_at !== null && { last_assignment_admin_reply_at: so.last_assignment_admin_reply_at ?? at }),
    waits,
    first_responses: firstResponses(so, at, team),
  }
}

const firstResponses = (so: Statistics, at: number, team: number | null): Statistics['first_responses'] => {
  const response_time = since(so.last_assignment_at ?? start(so), at)
  if (team === null || response_time === null || so.first_responses.some(({ team_id }) => team_id === team)) return so.first_responses
  return [...so.first_responses, { team_id: team, response_time }]
}

/** It was given to somebody. What happens before a contact wrote is not counted. */
export const assigned = (so: Statistics, at: number): Statistics =>
  start(so) === null
    ? so
    : {
        ...so,
        first_assignment_at: so.first_assignment_at ?? at,
        last_assignment_at: at,
        last_assignment_admin_reply_at: null,
        count_assignments: so.count_assignments + 1,
        // until the last assignment before the first answer
        ...(so.first_admin_reply_at === null && { time_to_assignment: since(start(so), at) }),
      }

export const closed = (so: Statistics, at: number, adminId: string): Statistics => ({
  ...so,
  ...(start(so) !== null && {
    first_close_at: so.first_close_at ?? at,
    time_to_first_close: so.time_to_first_close ?? since(start(so), at),
    time_to_last_close: since(start(so), at),
  }),
  last_close_at: at,
  last_closed_by_id: adminId,
  handling_time: since(so.first_assignment_at, at),
})

export const reopened = (so: Statistics): Statistics => (start(so) === null ? so : { ...so, count_reopens: so.count_reopens + 1 })

export const partAdded = (so: Statistics): Statistics => ({ ...so, count_conversation_parts: so.count_conversation_parts + 1 })

/** `teamName`: of a team's id; null when there is no such team. */
export const presentStatistics = (so: Statistics, teamName: (id: number) => string | null) => {
  const { waits: _, first_responses, ...told } = { ...so, ...measured(so) }
  const responses = first_responses.map(({ team_id, response_time }) => ({ team_id, team_name: teamName(team_id), response_time }))
  return {
    type: 'conversation_statistics',
    ...told,
    adjusted_handling_time: null,
    assigned_team_first_response_time: responses,
    assigned_team_first_response_time_in_office_hours: responses,
  }
}
