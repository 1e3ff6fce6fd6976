import type { Answer } from '../workspace/asking.ts'

/** JSON that a task looks into freely: a wrong path finds undefined, and so a wrong answer. */
export type Json = Answer['body']

export type Found = string | number | boolean | readonly (string | number)[]

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
  /** Changes the workspace, which is laid anew before and after. */
  readonly writes?: true
}

/** What a pattern's first group matches in a text. */
export const read = (text: string, pattern: RegExp): string => {
  const found = pattern.exec(text)?.[1]
  if (found === undefined) throw new Error(`${pattern} is not in:\n${text}`)
  return found
}

/** Every match of a global pattern's first group. */
export const readAll = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found]) => found!)
