import type { Answer } from '../workspace/asking.ts'

/** JSON that a task looks into freely: a wrong path finds undefined, and so a wrong answer. */
export type Json = Answer['body']

type Fact = string | number | boolean

/** An answer, or several that belong together. */
export type Found = Fact | readonly Fact[]

type Arguments = Record<string, unknown>

/** Calls of our tools. A task reads one of the two forms of a result, never both. */
export interface Ours {
  readonly text: (tool: string, args: Arguments) => Promise<string>
  readonly data: (tool: string, args: Arguments) => Promise<Json>
}

/** One call of an operation as it is, answered with Intercom's own JSON. */
export type Raw = (operation: string, input?: Arguments) => Promise<Json>

/** Something a support person asks, and how an agent finds out. Ids come from the question or from an answer before. */
export interface Task {
  readonly question: string
  readonly answer: Found
  /** With the tools of the default list. */
  readonly ours: (call: Ours) => Promise<Found>
  /** With Intercom's operations only. */
  readonly raw: (call: Raw) => Promise<Found>
}

/** What a pattern's first group matches in a text. */
export const read = (text: string, pattern: RegExp): string => {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw new Error(`${pattern} is not in:\n${text}`)
  return found
}

/** Every match of a global pattern's first group. */
export const readAll = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!)

/** Intercom's search language, in fewer words. */
export const where = (field: string, operator: string, value: unknown) => ({ field, operator, value })
export const both = (...value: readonly object[]) => ({ operator: 'AND', value })

/** Unix seconds of a moment in ISO 8601; the workspace is in New York. */
export const unix = (moment: string): number => Date.parse(moment) / 1000

/** The UTC day of unix seconds, as 2025-11-22. */
export const day = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10)

/** HTML without its tags. */
export const plain = (html: string): string => html.replace(/<[^>]*>/g, '')
