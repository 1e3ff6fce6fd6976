import * as z from 'zod'
import type { Operation } from '../contract/operation.ts'
import { BadArguments } from './arguments.ts'
import type { Refinement } from './refinements.ts'

type Document = Record<string, unknown>
interface Part {
  readonly id: string
}

/**
 * Lets the older of the parts be asked for that are too many to show at once. Intercom has no pages of them: it gives the
 * newest 500, of which those before `parts_before` are kept here. `list` is the key of both the list and its wrapper.
 */
export const olderParts = <K extends string>({ input }: Operation, list: K): Refinement => ({
  input: input.extend({ parts_before: z.string().optional().describe('Id of a part: only those before it are shown. For histories too long to show at once.') }),
  prepare: async (asked) => {
    const { parts_before: _, ...known } = asked
    return known
  },
  show: (output, { parts_before }) => {
    const wrapper = (output as Document)[list] as (Document & Record<K, Part[]>) | null | undefined // the operation's output has it
    if (typeof parts_before !== 'string' || !wrapper) return output
    const parts = wrapper[list]
    const end = parts.findIndex(({ id }) => id === parts_before)
    if (end < 0) throw new BadArguments(`parts_before: no part ${JSON.stringify(parts_before.slice(0, 64))} among the newest ${parts.length}, which is all that Intercom shows.`)
    return { ...(output as Document), [list]: { ...wrapper, [list]: parts.slice(0, end) } }
  },
})
