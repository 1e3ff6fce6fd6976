import type { Approval } from '../client/approval.ts'
import type { Client } from '../client/client.ts'
import { type Code, Failure } from '../client/failure.ts'
import { type Noun, operationNamed } from '../contract/nouns.ts'
import { effectOf, type Operation } from '../contract/operation.ts'
import { supporting } from '../client/caller.ts'
import { namesIn } from '../client/directory.ts'
import { objection } from '../client/policy.ts'
import { cut } from '../view/fit.ts'
import { plain } from '../view/plain.ts'
import type { Place, View } from '../view/present.ts'
import { namesShown, type Redact, shownOf } from '../view/redaction/shown.ts'
import { fieldsShown, type Manner, view } from '../view/view.ts'
import { BadArguments, parse } from './arguments.ts'
import type { Consent, Person } from './confirm/confirm.ts'
import { Question } from './confirm/question.ts'
import { narrowed } from './narrow.ts'
import { suggestion } from './nearest.ts'
import { refusalOf, runBy } from './permitted.ts'
import { isOperationTool, type OperationTool, type PublishedTool } from './tool.ts'
import { parted, refined, type Refinement, type Writing } from './refinements.ts'

/** What a call of a tool works with: how to reach Intercom, which Intercom that is, and when to give up. */
export interface CallContext {
  readonly client: Client
  readonly place: Place
  readonly signal: AbortSignal
  /** Those the finder's tools reach. */
  readonly operations: readonly OperationTool[]
  /** A few characters that nobody can foresee, new each time. */
  readonly nonce: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** What people's consent is asked with; opened at the first question. */
  readonly consent: () => Promise<Consent>
  readonly person: Person
  /** Told why a call did not do what was asked, where anybody watches. */
  readonly told?: (why: Code | 'bad_arguments' | 'question') => void
  /** Undefined where nothing is kept from the reader. */
  readonly redact?: Redact
}

/** The answer to `tools/call`. An error is a result too: the model reads it and can do better. */
export interface ToolResult {
  [key: string]: unknown
  content: { type: 'text'; text: string }[]
  structuredContent?: Record<string, unknown>
  isError?: true
}

/**
 * Runs a published tool. Never throws for bad arguments or a failed call: those are results that say what to do next. Answers a
 * question instead when a person has to agree first.
 */
export const callTool = async (called: PublishedTool, args: unknown, context: CallContext): Promise<ToolResult | Question> => {
  const { name } = called.tool
  const client = context.client.for({ through: name })
  try {
    if (isOperationTool(called)) return await callOperation(called, args, { ...context, client })
    const refusal = refusalOf(called, client.caller.policy, runBy(called, args, context.operations))
    if (refusal) throw refusal
    if (called.noun === 'overview') return await (await import('./overview.ts')).callOverview(name, args, { ...context, client: supporting(client) })
    return await (await import('./finder.ts')).callFinder(name, args, { ...context, client })
  } catch (error) {
    if (!(error instanceof BadArguments || error instanceof Failure || error instanceof Question)) throw error
    context.told?.(reasonOf(error))
    return error instanceof Question ? error : failed(error instanceof Failure ? error.advice : error.message)
  }
}

const reasonOf = (error: BadArguments | Failure | Question): Code | 'bad_arguments' | 'question' => {
  if (error instanceof Failure) return error.code
  return error instanceof Question ? 'question' : 'bad_arguments'
}

/** Throws BadArguments, a Failure, or a Question. */
export const callOperation = async ({ noun, tool }: OperationTool, args: unknown, context: CallContext): Promise<ToolResult> => {
  const operation = (await operationNamed(noun, tool.name))! // it is published because the contract declares it
  if (operation.file !== undefined && context.redact) throw new Failure('policy_denied', { operation: operation.name, outcome: 'not_sent', note: unredactable })
  const refinement = await refined(operation)
  const given = parse(refinement.input, args)
  const { asked, manner, writing } = parted(operation, given)
  await checkFields(noun, operation, manner.fields)
  const input = await refinement.prepare(asked, supporting(context.client), context.signal)
  const approval = await approvalOf(operation, input, writing, context)
  const ask: NonNullable<Refinement['ask']> =
    refinement.ask ?? (async (prepared) => ({ output: await context.client.call(operation, prepared, { signal: context.signal, approval, idempotencyKey: writing.idempotencyKey }) }))
  const shown = async (prepared: Record<string, unknown>, cut?: string) => {
    const { output: answered, note } = await ask(prepared, asked, context)
    const output = shownOf(answered, context.redact)
    const said = [note, cut].filter(Boolean).join(' ') || undefined
    return showing(refinement, { noun, operation }, output, asked, { ...manner, ...(await mannerOf(context, output)), note: said })
  }
  const whole = await shown(input)
  const fewer = whole.fitted === undefined ? undefined : narrowed(operation, input, whole.fitted)
  return result(fewer ? await shown(fewer.input, fewer.note) : whole)
}

const unredactable = 'A file holds everything of the customers in it, and this server redacts what it shows'

/** What a person said to this very call; undefined where nobody is to be asked, nothing will be sent, or the client will refuse it anyway. */
const approvalOf = async (operation: Operation, input: Record<string, unknown>, { confirmToken, idempotencyKey }: Writing, context: CallContext): Promise<Approval | undefined> => {
  const { policy } = context.client.caller
  const effect = effectOf(operation, input)
  if (!policy.confirm.has(effect) || objection(policy, { name: operation.name, effect }) !== undefined) return undefined
  if (idempotencyKey !== undefined && (await context.client.isKnown(idempotencyKey))) return undefined
  return (await import('./confirm/confirm.ts')).approved({ operation, input, effect }, confirmToken, context)
}

const showing = async (
  { show = (output) => output, present }: Refinement,
  { noun, operation }: { readonly noun: Noun; readonly operation: Operation },
  output: unknown,
  asked: Record<string, unknown>,
  manner: Manner,
): Promise<View & { readonly fitted?: number }> => (present ? present(output, asked, manner) : view(noun, operation, show(output, asked), manner))

/** How answers of this call are shown, with the names of what this one mentions. */
export const mannerOf = async ({ client, place, nonce, signal, redact }: CallContext, answer: unknown): Promise<Manner> => ({
  place,
  nonce: nonce(),
  names: namesShown(await namesIn(answer, client, signal), redact),
})

/** A view as the result of a tool. */
export const result = ({ structured, text }: View): ToolResult => ({ content: [{ type: 'text', text }], structuredContent: structured })

const checkFields = async (noun: Noun, operation: Operation, fields: readonly string[] = []): Promise<void> => {
  const known = fields.length ? await fieldsShown(noun, operation) : []
  const wrong = known.length ? fields.find((field) => !known.includes(field.split('.')[0]!)) : undefined
  if (wrong !== undefined) throw new BadArguments(`fields: ${JSON.stringify(wrong.slice(0, 64))} is not a field here.${suggestion(wrong, known)} Valid: ${known.join(', ')}.`)
}

/** Characters of an error. What is wrong stands first; names and values that it repeats may be of any length. */
const longest = 4_000

const failed = (message: string): ToolResult => ({ content: [{ type: 'text', text: cut(plain(message), longest) }], isError: true })
