import { allOperations, type Noun } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import { outline } from '../view/view.ts'
import { refined } from './refinements.ts'
import { published as publishedSchema } from './schema.ts'

/** A tool as `tools/list` shows it, and the resource template it also answers, if any. */
export interface PublishedTool {
  readonly noun: Noun
  readonly tool: {
    readonly name: string
    readonly title: string
    readonly description: string
    readonly inputSchema: { readonly type: 'object' } & Readonly<Record<string, unknown>>
    readonly outputSchema: { readonly type: 'object' } & Readonly<Record<string, unknown>>
    readonly annotations: {
      readonly readOnlyHint: boolean
      readonly destructiveHint: boolean
      readonly idempotentHint: boolean
      readonly openWorldHint: boolean
    }
  }
  readonly resource?: string
}

/**
 * Every operation as a tool, sorted by noun and name. Computed from the contract here; the build puts the result in
 * this module's place, so that a server lists its tools without making a single schema.
 */
export const published = async (): Promise<readonly PublishedTool[]> =>
  Promise.all((await allOperations()).map(async ({ noun, operation }) => publish(noun, operation)))

const publish = async (noun: Noun, operation: Operation): Promise<PublishedTool> => ({
  noun,
  tool: {
    name: operation.name,
    title: operation.title,
    description: operation.description,
    inputSchema: { type: 'object', ...publishedSchema((await refined(operation)).input) },
    outputSchema: { type: 'object', ...(await outline(noun, operation)) },
    annotations: annotations(operation),
  },
  ...(operation.resource && { resource: operation.resource }),
})

/** `openWorldHint` says that the call can reach people outside the workspace. */
const annotations = ({ effect, idempotent }: Operation): PublishedTool['tool']['annotations'] => ({
  readOnlyHint: effect === 'read',
  destructiveHint: effect === 'destroy',
  idempotentHint: effect === 'read' || idempotent === true,
  openWorldHint: effect === 'send',
})
