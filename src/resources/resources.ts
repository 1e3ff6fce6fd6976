import type { Client } from '../client/client.ts'
import { type Noun, operationNamed } from '../contract/nouns.ts'
import { loosen } from '../contract/wire.ts'
import { type Place, view } from '../view/view.ts'
import { completers } from './complete.ts'
import { match, variables } from './template.ts'

/** What reading a resource works with. */
export interface ReadContext {
  readonly client: Client
  readonly place: Place
  readonly signal: AbortSignal
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

const listed = ({ tool: { name, title, description } }: Readable): Listed => ({ name, title, description, mimeType })

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

const read = async (noun: Noun, name: string, values: Record<string, string>, { client, place, signal }: ReadContext): Promise<string> => {
  const operation = (await operationNamed(noun, name))! // it is published because the contract declares it
  const input = loosen(operation.input, values, 'keep') as Record<string, unknown>
  return (await view(noun, operation, await client.call(operation, input, { signal }), place)).text
}

/** Values that a template's variable may take, given what was typed so far: none where ids can only be known. Undefined when there is no such template. */
export const complete = async (tools: readonly Readable[], template: string, variable: string, typed: string, context: ReadContext): Promise<string[] | undefined> => {
  if (!variables(template).includes(variable) || !tools.some(({ resource }) => resource === template)) return undefined
  return (await completers[template]?.(typed, context.client, context.signal)) ?? []
}
