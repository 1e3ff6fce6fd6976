import * as z from 'zod'
import type { Definition, FinderTool } from './tool.ts'
import { executorOf, type Risk } from './risk.ts'
import { published as publishedSchema } from './schema.ts'

export const FindInput = z.strictObject({
  request: z.string().min(1).max(1000).describe('What you want to do, in plain words: "close a conversation", "who works at Acme".'),
  limit: z.int().min(1).max(10).optional().describe('How many operations to show; 5 by default.'),
})

export const CallInput = z.strictObject({
  operation: z.string().min(1).max(200).describe('Name of the operation, as find_operation gives it.'),
  input: z.record(z.string(), z.unknown()).optional().describe("The operation's own arguments, by its input_schema."),
})

const finder = (definition: Omit<Definition, 'inputSchema' | 'outputSchema'>, input: z.ZodType, output: Record<string, unknown> = {}): FinderTool => ({
  noun: 'finder',
  tool: { ...definition, inputSchema: { type: 'object', ...publishedSchema(input) }, outputSchema: { type: 'object', ...output } },
})

const hints = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false } as const

const executor = (risk: Risk, title: string, description: string, annotations: Partial<Definition['annotations']>): FinderTool =>
  finder({ name: executorOf(risk), title, description, annotations: { ...hints, ...annotations } }, CallInput)

/** Four tools that make every operation reachable, however few are listed. Split by risk, since people approve tool by tool. */
export const finderTools: readonly FinderTool[] = [
  finder(
    {
      name: 'find_operation',
      title: 'Find an operation',
      description:
        'Finds among all 133 operations of Intercom those that do what you want, listed as a tool or not: companies, tags, articles, news, events, exports, custom objects and more. Each comes with its input schema and the tool that calls it.',
      annotations: { ...hints, readOnlyHint: true, idempotentHint: true },
    },
    FindInput,
    { properties: { operations: { type: 'array', items: { type: 'object' } } }, required: ['operations'] },
  ),
  executor('read', 'Call an operation that reads', 'Runs an operation that changes nothing: lists, searches, details. find_operation gives its name and input schema.', {
    readOnlyHint: true,
    idempotentHint: true,
  }),
  executor('write', 'Call an operation that changes', 'Runs an operation that creates or changes something and that no customer sees: tags, notes, attributes, companies, assignments. find_operation gives its name and input schema.', {}),
  executor('destructive', 'Call an operation that sends or deletes', 'Runs an operation that a customer can see (a reply, a message, something published) or that deletes, merges, archives or detaches. find_operation gives its name and input schema.', {
    destructiveHint: true,
    openWorldHint: true,
  }),
]
