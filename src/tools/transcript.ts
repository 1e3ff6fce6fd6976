import * as z from 'zod'
import type { Noun } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import type { History } from '../view/transcript/histories.ts'
import { partsIn } from '../view/transcript/history.ts'
import type { Span } from '../view/transcript/transcript.ts'
import { view } from '../view/view.ts'
import { BadArguments } from './arguments.ts'
import type { Refinement } from './refinements.ts'

const bound = (told: string) => z.string().optional().describe(told)

/** Shows an object with its history as a transcript, or of the history what stands before and after certain parts. */
export const transcribed = (noun: Noun, operation: Operation, { parts, first }: History): Refinement => ({
  input: operation.input.extend({ parts_before: bound('Part id: the parts before it.'), parts_after: bound(`Part id: those after it. "${first}": from the start.`) }),
  prepare: async ({ parts_before: _before, parts_after: _after, ...known }) => known,
  present: async (output, { parts_before, parts_after }, manner) => {
    const ids = partsIn(output, parts).map(({ id }) => String(id))
    const span = spanOf(ids, first, { before: placeIn(parts_before), after: placeIn(parts_after) })
    return view(noun, operation, output, { ...manner, telling: { span, full: manner.detail === 'full' } })
  },
})

/** A part, or neighbours shown as one, and how many characters of its text were read. */
interface Place {
  readonly first: string
  readonly last: string
  readonly read?: number
}

const placeIn = (given: unknown): Place | undefined => {
  if (typeof given !== 'string') return undefined
  const [, first = given, last = first, read] = /^(\w+)(?:–(\w+))?(?::(\d+))?$/.exec(given.trim()) ?? []
  return { first, last, ...(read !== undefined && { read: Number(read) }) }
}

const spanOf = (ids: readonly string[], opening: string, { before, after }: { readonly before?: Place; readonly after?: Place }): Span | undefined => {
  if (!before && !after) return undefined
  const place = (bound: string, id: string): number => {
    const found = ids.indexOf(id)
    if (found < 0) throw new BadArguments(`${bound}: no part ${JSON.stringify(id.slice(0, 64))} among the newest ${ids.length}, which is all that Intercom shows.`)
    return found
  }
  const first = after?.last === opening
  const start = !after || first ? 0 : place('parts_after', after.last) + (after.read === undefined ? 1 : 0)
  const end = before ? place('parts_before', before.first) : ids.length
  return { start, end, onward: after !== undefined, ...(after?.read !== undefined && { read: { characters: after.read, first } }) }
}
