import type { Noun } from '../contract/nouns.ts'
import type { Effect } from '../contract/operation.ts'

/** A tool as `tools/list` shows it. */
export interface Definition {
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

/** An operation as a tool, with what the finder tells of it and the resource template it also answers, if any. */
export interface OperationTool {
  readonly noun: Noun
  readonly tool: Definition
  readonly operationId: string
  readonly effect: Effect
  /** When its input makes it only a write, where it can: "for a note". */
  readonly milder?: string
  readonly permission: string
  readonly asked?: string
  readonly resource?: string
}

/** A tool that reaches the operations of every area. */
export interface FinderTool {
  readonly noun: 'finder'
  readonly tool: Definition
}

/** A tool that answers a whole question from several operations. It only reads. */
export interface OverviewTool {
  readonly noun: 'overview'
  readonly tool: Definition
}

export type PublishedTool = OperationTool | FinderTool | OverviewTool

export const isOperationTool = (tool: PublishedTool): tool is OperationTool => tool.noun !== 'finder' && tool.noun !== 'overview'

/** The operation of that name, or of the one that Intercom gave it. */
export const operationCalled = (name: string, operations: readonly OperationTool[]): OperationTool | undefined => {
  const asked = name.trim().toLowerCase()
  return operations.find(({ tool, operationId }) => tool.name === asked || operationId.toLowerCase() === asked)
}
