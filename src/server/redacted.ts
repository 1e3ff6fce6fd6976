import { type CallToolResult, type InputRequiredResult, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server'
import type { Redaction } from '../view/redaction/redaction.ts'
import { UnknownPseudonym } from '../view/redaction/unknown.ts'
import type { Used } from '../view/redaction/remains.ts'
import { type Offer, redactionOf } from './offer.ts'

type Result = CallToolResult | InputRequiredResult

/** Runs a tool on values and answers with pseudonyms. A question to a person is no part of the result's content: they see values. */
export const redactedCall = async (offer: Offer, args: unknown, run: (args: unknown) => Promise<Result>): Promise<Result> => {
  const redaction = await redactionOf(offer)
  if (!redaction) return run(args)
  const { asked, answered } = exchange(redaction)
  try {
    const result = await run(asked(args))
    if (!isAnswer(result)) return result
    return { ...result, content: answered(result.content), ...(result.structuredContent !== undefined && { structuredContent: answered(result.structuredContent) }) }
  } catch (error) {
    if (error instanceof UnknownPseudonym) return { content: [{ type: 'text', text: error.message }], isError: true }
    throw error
  }
}

const isAnswer = (result: Result): result is CallToolResult => 'content' in result

/** Answers a request about `params`, of which `run` gets the values, with pseudonyms; errors too. */
export const redactedAnswer = async <P, R>(offer: Offer, params: P, run: (params: P) => Promise<R>, write?: (value: string) => string): Promise<R> => {
  const redaction = await redactionOf(offer)
  if (!redaction) return run(params)
  const { asked, answered } = exchange(redaction, write)
  try {
    return answered(await run(asked(params)))
  } catch (error) {
    if (error instanceof UnknownPseudonym) throw new ProtocolError(ProtocolErrorCode.InvalidParams, error.message)
    throw error instanceof ProtocolError ? Object.assign(new ProtocolError(error.code, answered(error.message), answered(error.data)), { cause: error.cause }) : error
  }
}

/** One request and its answer: values for what is asked, pseudonyms in what is answered. */
const exchange = (redaction: Redaction, write: (value: string) => string = (value) => value) => {
  const used: Used[] = []
  const written = (one: Used): string => {
    used.push(one)
    return write(one.value)
  }
  return { asked: <T>(params: T): T => redaction.restored(params, written), answered: <T>(answer: T): T => redaction.leaving(answer, used) }
}
