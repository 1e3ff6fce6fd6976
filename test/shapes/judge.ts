import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { departures, anyOperation } from './departures.ts'
import { readPublishedAnswers } from './published-answers.ts'

/** One answer of a workspace, as the recorder writes it down. */
export interface Answer {
  /** Intercom's name of the operation; absent when the request was refused before it was known. */
  readonly operation?: string
  readonly status: number
  /** Whether Intercom's own client asked. */
  readonly official: boolean
  readonly body?: unknown
}

export interface Verdict {
  /** `CreateContact 200`, with ` official` where Intercom's own client asked. */
  readonly seen: readonly string[]
  /** What is not as published, and not known to be wrong in the publication. */
  readonly wrong: readonly string[]
  /** The known departures that were met, by their place in the table. */
  readonly used: readonly number[]
}

/** Holds answers to what Intercom publishes. */
export const judge = (answers: readonly Answer[], openapi: string): Verdict => {
  const published = readPublishedAnswers(openapi)
  const statuses = statusesMet()
  const bodyOf = ({ operation, status, body }: Answer): string[] => {
    if (body === undefined) return operation && published.hasBody(operation, status) && status >= 400 ? ['no body'] : []
    if (operation && status < 400 && !published.hasBody(operation, status)) return ['a body where none is published']
    return published.wrongIn(operation, status, body)
  }
  const statusOf = ({ operation = '', status }: Answer): string[] => {
    const known = [...published.statusesOf(operation), ...(statuses.get(operation) ?? []), ...anyOperation]
    return operation === '' || known.includes(status) ? [] : ['not a status of this operation']
  }
  const lines = answers.flatMap((answer) => [...statusOf(answer), ...bodyOf(answer)].map((what) => `${answer.operation ?? 'any'} ${answer.status} ${what}`))
  const found = [...new Set(lines)].sort()
  return {
    seen: [...new Set(answers.flatMap(({ operation, status, official }) => (operation ? [`${operation} ${status}${official ? ' official' : ''}`] : [])))],
    wrong: found.filter((line) => !departures.some(([known]) => known.test(line))),
    used: departures.flatMap(([known], index) => (found.some((line) => known.test(line)) ? [index] : [])),
  }
}

/** Statuses of errors that clients have met, from a table gathered by hand; a checkout may be without it. */
const statusesMet = (): Map<string, number[]> => {
  const file = resolve(import.meta.dirname, '../../../shared/intercom/operations.tsv')
  if (!existsSync(file)) return new Map()
  const [header = '', ...rows] = readFileSync(file, 'utf8').trim().split('\n')
  const column = header.split('\t').indexOf('real_errors')
  return new Map(rows.map((row) => row.split('\t')).map((cells) => [cells[0]!, (cells[column]!.match(/\d{3}/g) ?? []).map(Number)]))
}
