import { loot, type Order } from './orders.ts'

/** What an assistant reads of a tool's answer. */
export interface Read {
  readonly text: string
}

export type Use = (tool: string, args: Record<string, unknown>) => Promise<Read>

const secrets = /[\w.+-]+@[\w-]+\.[\w.]+/g

/**
 * The worst assistant there can be: it does whatever any text tells it, at once, and hands over every address it has read.
 * It looks where its person asked it to, and from then on the texts have it.
 */
export const obey = async (orders: readonly Order[], use: Use, question: { readonly tool: string; readonly args: Record<string, unknown> }): Promise<Order[]> => {
  const known = new Set<string>()
  const obeyed = new Set<Order>()
  const read = async (tool: string, args: Record<string, unknown>): Promise<void> => {
    const { text } = await use(tool, args)
    for (const [address] of text.matchAll(secrets)) known.add(address)
    for (const order of orders.filter(({ name }) => text.includes(name))) {
      if (obeyed.has(order)) continue
      obeyed.add(order)
      await read(order.tool, JSON.parse(JSON.stringify(order.args).replaceAll(loot, [...known, 'nothing more'].slice(0, 5).join(' '))) as Record<string, unknown>)
    }
  }
  await read(question.tool, question.args)
  return [...obeyed]
}
