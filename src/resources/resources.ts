import * as z from 'zod'
import type { Client } from '../client/client.ts'
import { supporting } from '../client/caller.ts'
import { namesIn } from '../client/directory.ts'
import { type Noun, operationNamed } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import { loosen } from '../contract/wire.ts'
import type { Place } from '../view/present.ts'
import { namesShown, type Redact, shownOf } from '../view/redaction/shown.ts'
import { view } from '../view/view.ts'
import { BadRequest } from './bad-request.ts'
import { completers } from './complete.ts'
import { match, stem, variables } from './template.ts'

/** What reading a resource works with. */
export interface ReadContext {
  readonly client: Client
  readonly place: Place
  readonly signal: AbortSignal
  /** A few characters that nobody can foresee, new each time. */
  readonly nonce: () => string
  /** Undefined where nothing is kept from the reader. */
  readonly redact?: Redact
}

/** An operation that may answer a resource. */
export interface Readable {
  readonly noun: Noun
  readonly tool: { readonly name: string; readonly title: string; readonly description: string }
  /** URI or URI template. */
  readonly resource?: string
}

interface Listed {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly mimeType: string
}

/** What every resource reads as. */
export const mimeType = 'text/markdown'

/** Called by what it is rather than by what the tool does: `contact_notes`, "Contact's notes". */
const listed = ({ tool: { name, title, description } }: Readable): Listed => ({
  name: name.replace(/^(get|list)_/, ''),
  title: title.replace(/^(?:Get|List) (?:an? )?(.)/, (_, first: string) => first.toUpperCase()),
  description,
  mimeType,
})

/** Resources at a fixed address. */
export const resources = (tools: readonly Readable[]): (Listed & { uri: string })[] =>
  tools.flatMap((tool) => (tool.resource && !variables(tool.resource).length ? [{ uri: tool.resource, ...listed(tool) }] : []))

/** Resources found by an id. */
export const resourceTemplates = (tools: readonly Readable[]): (Listed & { uriTemplate: string })[] =>
  tools.flatMap((tool) => (tool.resource && variables(tool.resource).length ? [{ uriTemplate: tool.resource, ...listed(tool) }] : []))

/** The object at a URI as Markdown; undefined when no template matches. Throws the client's Failure. */
export const readResource = async (tools: readonly Readable[], uri: string, context: ReadContext): Promise<string | undefined> => {
  const found = tools.map((tool) => ({ tool, values: tool.resource && match(tool.resource, uri) })).find(({ values }) => values)
  if (!found?.values) return undefined
  return read(found.tool.noun, found.tool.tool.name, found.values, context)
}

const read = async (noun: Noun, name: string, values: Record<string, string>, { client, place, nonce, signal, redact }: ReadContext): Promise<string> => {
  const operation = (await operationNamed(noun, name))! // it is published because the contract declares it
  const input = loosen(operation.input, { ...fixed(operation), ...values }, 'keep') as Record<string, unknown>
  const output = await client.for({ through: 'resource' }).call(operation, input, { signal })
  const names = namesShown(await namesIn(output, client, signal), redact)
  return (await view(noun, operation, shownOf(output, redact), { place, nonce: nonce(), names, detail: 'full' })).text
}

/** The input fields that can have one value only, which no address needs to tell. */
const fixed = ({ input }: Operation): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input.shape).flatMap(([name, field]) => (field instanceof z.ZodLiteral && field.values.size === 1 ? [[name, field.value]] : [])))

/** Which variable of which template is to be completed: what was typed of it, and the others as far as they are filled in. */
export interface Blank {
  readonly template: string
  readonly variable: string
  readonly typed: string
  readonly given: Readonly<Record<string, string>>
}

/** Values that a template's variable may take: none where ids can only be known. Throws {@link BadRequest}, and the client's Failure. */
export const complete = async (tools: readonly Readable[], { template, variable, typed, given }: Blank, { client, signal }: Pick<ReadContext, 'client' | 'signal'>): Promise<string[]> => {
  if (!variables(template).includes(variable) || !tools.some(({ resource }) => resource === template))
    throw new BadRequest(`Nothing to complete for ${JSON.stringify(variable.slice(0, 64))}: name a resource template and its variable.`)
  return (await completers[stem(template, variable)]?.(typed, supporting(client), signal, given)) ?? []
}
