import type { Client } from '../../client/client.ts'
import { namesIn } from '../../client/directory.ts'
import { mentioned } from '../../contract/mention.ts'
import type { Effect, Operation } from '../../contract/operation.ts'
import { namesShown, type Redact, shownOf } from '../../view/redaction/shown.ts'
import type { CallContext } from '../call.ts'
import { factsOf } from './facts.ts'
import { fieldLines } from './fields.ts'
import { quoted } from './quoted.ts'
import { strangersIn } from './strangers.ts'
import { type Subject, type Subjects, subjectsOf } from './subjects.ts'

/** A call that a person is to agree to. */
export interface Act {
  readonly operation: Operation
  readonly input: Record<string, unknown>
  readonly effect: Effect
}

/**
 * What a person must see before they agree: what happens, where, to whom, and every word of it. The same for the same call, as
 * long as whom and what it is about stays as it is. Throws the client's Failure when the input makes no request.
 */
export const previewOf = async (act: Act, workspace: string, context: CallContext): Promise<string> => {
  const { client, signal, person } = context
  const { operation, input, effect } = act
  const redact = person.reachable ? undefined : context.redact // who is asked by their own client sees values
  const read = await subjectsOf(act, client, signal)
  const subjects = shownOf(read, redact)
  const strangers = effect === 'send' ? strangerLines(strangersIn(input, [read.things, read.people])) : []
  const about = [operation.description]
  const parts = [
    [headline(act), ...(effect === 'destroy' ? about : [])],
    [`Where: ${workspace}`, ...subjects.things.map((thing) => `What: ${told(thing)}`), ...peopleLines(act, subjects), ...strangers],
    ['Exactly this is asked of Intercom:', ...fieldLines(act, subjects), ...(await nameLines([input, read.pointers], client, signal, redact))],
    effect === 'destroy' ? [] : about, // of a message, whom it reaches and what it says come first
  ]
  return parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')
}

const headline = ({ operation: { title, undoneBy }, effect }: Act): string => {
  const undoing = undoneBy === 'never' ? 'It cannot be undone.' : undoneBy && `${undoneBy} undoes it.`
  return [`${title}.`, consequence[effect], undoing].filter(Boolean).join(' ')
}

const consequence: Readonly<Record<Effect, string>> = {
  read: 'It changes nothing.',
  write: 'It changes something in Intercom.',
  send: 'Customers will see it.',
  destroy: 'It removes or hides something.',
}

const told = ({ called, document, problem }: Subject): string => [called, ...(document ? factsOf(document) : []), ...(problem === undefined ? [] : [`which could not be read: ${problem}`])].join(', ')

const peopleLines = ({ operation, effect }: Act, { people }: Subjects): string[] => {
  const label = effect === 'send' ? 'Reaches' : 'Who'
  const lines = people.map((person) => `${label}: ${told(person)}`)
  if (effect !== 'send' || lines.length > 0) return lines
  return [`${label}: ${operation.audience ?? 'somebody who could not be made out: look closely'}`]
}

/** Who and what is meant by ids that stand in it. */
const nameLines = async (value: unknown, client: Client, signal: AbortSignal, redact: Redact | undefined): Promise<string[]> => {
  const names = namesShown(await namesIn(value, client, signal), redact)
  const all = [...mentioned(value).ids].flatMap(([sort, ids]) => [...ids].map((id) => ({ called: `${sort.replaceAll('_', ' ')} ${id}`, name: names(sort, id) })))
  return all.flatMap(({ called, name }) => (name === undefined ? [] : [`(${called} is ${quoted(name)})`]))
}

const strangerLines = (strangers: readonly string[]): string[] =>
  strangers.length === 0 ? [] : [`Not found in what this is about, so look whom it belongs to: ${strangers.map(quoted).join(', ')}`]
