import { type Answer, type Call, failed, type Send } from './call.ts'
import { fileOf } from './file.ts'
import type { Operation } from '../contract/operation.ts'
import type { Failure } from './failure.ts'
import { refusal } from './refusal.ts'
import { isRecord, recognise, type Recognise } from './recognise.ts'
import { Empty } from '../contract/shape.ts'
import { isTooDeep } from './weight.ts'

/** Turns an HTTP answer into what the operation answers, or into the failure it is. No other answer is ever a success. */
export const understand = (now: () => number, token: string) => {
  const refused = (call: Call, answer: Answer, body: unknown) => refusal(call, answer, body, { now: now(), token })
  const recognisers = new WeakMap<Operation, Recognise>()
  const recogniserOf = (operation: Operation): Recognise => {
    const known = recognisers.get(operation) ?? recognise(operation.output)
    recognisers.set(operation, known)
    return known
  }
  return (next: Send<Answer>): Send =>
    async (call) => {
      const answer = await next(call)
      if (answer.status >= 300) throw refused(call, answer, parse(answer.text))
      const value = valueOf(call, answer)
      if (isErrorList(value)) throw refused(call, answer, value)
      if (!recogniserOf(call.operation)(value)) throw unreadable(call, answer, value)
      if (isTooDeep(value)) throw failed(call, 'bad_answer', { outcome: 'unknown', status: answer.status, note: 'it is nested too deeply' })
      return value
    }
}

const valueOf = ({ operation }: Call, { headers, text, file }: Answer): unknown => {
  if (file?.length) return fileOf({ headers }, file)
  return text === '' && operation.output === Empty ? {} : parse(text) // some deletions and accepted jobs
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // whoever needs a value will say that there is none
  }
}

const isErrorList = (value: unknown): boolean => isRecord(value) && value.type === 'error.list'

const unreadable = (call: Call, { status, text }: Answer, value: unknown): Failure =>
  failed(call, 'bad_answer', { outcome: 'unknown', status, note: value === undefined ? notJson(text) : 'it is JSON, but not what this operation answers' })

const notJson = (text: string): string => {
  if (text === '') return 'it is empty'
  return /^\s*</.test(text) ? 'it is a web page rather than JSON' : 'it is not JSON, or cut short'
}
