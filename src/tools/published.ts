import { allOperations, type Noun } from '../contract/nouns.ts'
import type { Operation } from '../contract/operation.ts'
import { outline } from '../view/outline.ts'
import { finderTools } from './finder-tools.ts'
import { overviewTools } from './overview-tools.ts'
import { refined } from './refinements.ts'
import { published as publishedSchema } from './schema.ts'
import type { Definition, OperationTool, PublishedTool } from './tool.ts'

/**
 * The tools that answer whole questions, the finder's tools, then every operation as a tool, sorted by noun and name. Computed from the contract here; the build
 * puts the result in this module's place, so that a server lists its tools without making a single schema.
 */
export const published = async (): Promise<readonly PublishedTool[]> => [
  ...overviewTools,
  ...finderTools,
  ...(await Promise.all((await allOperations()).map(async ({ noun, operation }) => publish(noun, operation)))),
]

const publish = async (noun: Noun, operation: Operation): Promise<OperationTool> => ({
  noun,
  tool: {
    name: operation.name,
    title: operation.title,
    description: operation.description,
    inputSchema: { type: 'object', ...publishedSchema((await refined(operation)).input) },
    outputSchema: { type: 'object', ...(await outline(noun, operation)) },
    annotations: annotations(operation),
  },
  operationId: operation.operationId,
  effect: operation.effect,
  ...(operation.milder && { milder: operation.milder }),
  permission: operation.permission,
  ...(operation.asked && { asked: operation.asked }),
  ...(operation.resource && { resource: operation.resource }),
})

/** `openWorldHint` says that the call can reach people outside the workspace. */
const annotations = ({ effect, idempotent, idempotentBy }: Operation): Definition['annotations'] => ({
  readOnlyHint: effect === 'read',
  destructiveHint: effect === 'destroy',
  idempotentHint: idempotentBy === undefined && (idempotent ?? effect === 'read'),
  openWorldHint: effect === 'send',
})
