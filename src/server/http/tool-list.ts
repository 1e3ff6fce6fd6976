import { randomUUID } from 'node:crypto'
import type { PublishedTool } from '../../tools/tool.ts'
import { affordable, forLack } from '../lack.ts'
import type { Offer } from '../offer.ts'

/** The list of tools as bytes, made once for each change. */
export interface ToolList {
  /** Goes through the SDK in the list's place. */
  readonly stand: readonly PublishedTool['tool'][]
  /** Puts the list where it stands in an answer. */
  readonly fill: (answer: string) => Buffer
}

/**
 * Over HTTP each tools/list is answered by a fresh server, and turning 100 kB of the same list into JSON again takes
 * longer than all the rest of it. So the SDK answers with one tool of a name that nobody can guess, which is replaced.
 */
export const toolList = ({ tools, permissions }: Pick<Offer, 'tools' | 'permissions'>): ToolList => {
  const one = { name: randomUUID(), inputSchema: { type: 'object' } } as PublishedTool['tool'] // no client ever sees it
  const place = JSON.stringify(one)
  const items = forLack(permissions, (lacking) => Buffer.from(JSON.stringify(affordable(tools, lacking).map(({ tool }) => tool)).slice(1, -1)))
  const fill = (answer: string) => Buffer.concat(answer.split(place).flatMap((part, index) => (index === 0 ? [Buffer.from(part)] : [items(), Buffer.from(part)])))
  return { stand: [one], fill }
}
