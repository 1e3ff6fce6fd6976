import { resolve } from 'node:path'
import { encode as tokensOf } from 'gpt-tokenizer/encoding/o200k_base'
import { allOperations } from '../../src/contract/nouns.ts'
import { encode } from '../../src/contract/wire.ts'
import { type Answer, open, type Session, unmarked } from '../tools/session.ts'
import { type Asking, morning } from '../workspace/asking.ts'
import type { Ours, Raw } from './task.ts'

/** What a model pays: how often it calls, and the tokens (o200k) of what it sends and gets. */
export interface Cost {
  calls: number
  tokens: number
}

/** What of a result a client shows its model: the text, or the structured content. */
export type Form = 'text' | 'data'

/** An agent, and what it has spent. */
export interface Counted<T> {
  readonly call: T
  readonly cost: Cost
}

export const tokens = (value: unknown): number => tokensOf(typeof value === 'string' ? value : JSON.stringify(value)).length

/** The built server, with its default list, in front of a served workspace, and with that workspace's clock. */
export const openServer = (baseUrl: string, token: string): Promise<Session> =>
  open([], {
    INTERCOM_BASE_URL: baseUrl,
    INTERCOM_ACCESS_TOKEN: token,
    CLOCK_STARTS_AT: String(morning * 1000),
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(resolve(import.meta.dirname, 'clock.cjs'))}`,
  })

const count = (cost: Cost, ...exchanged: readonly unknown[]): void => {
  cost.calls += 1
  for (const each of exchanged) cost.tokens += tokens(each)
}

/** Reads one form of each result, and pays for that one. `forms` are those that were read. */
export const ours = (session: Session): Counted<Ours> & { readonly forms: ReadonlySet<Form> } => {
  const cost = { calls: 0, tokens: 0 }
  const forms = new Set<Form>()
  const call = async <T>(form: Form, tool: string, args: Record<string, unknown>, shown: (answer: Answer) => T): Promise<T> => {
    const answer = unmarked(await session.call(tool, args))
    if (answer.isError) throw new Error(`${tool} ${JSON.stringify(args)}: ${answer.text}`)
    forms.add(form)
    const result = shown(answer)
    count(cost, { name: tool, arguments: args }, result)
    return result
  }
  return {
    call: { text: (tool, args) => call('text', tool, args, ({ text }) => text), data: (tool, args) => call('data', tool, args, ({ structured }) => structured) },
    cost,
    forms,
  }
}

const operations = new Map((await allOperations()).map(({ operation }) => [operation.name, operation]))

/** Gets Intercom's answer as it is, as compact JSON: what a tool hands on that only passes a request. */
export const raw = ({ ask }: Pick<Asking, 'ask'>): Counted<Raw> => {
  const cost = { calls: 0, tokens: 0 }
  const call: Raw = async (name, input = {}) => {
    const operation = operations.get(name)
    if (!operation) throw new Error(`there is no operation ${name}`)
    const { method, path, body: sent } = encode(operation, input)
    const { status, body } = await ask(method, path, sent)
    if (status >= 400) throw new Error(`${name} ${JSON.stringify(input)}: ${JSON.stringify(body)}`)
    count(cost, { name, arguments: input }, body ?? '')
    return body
  }
  return { call, cost }
}
