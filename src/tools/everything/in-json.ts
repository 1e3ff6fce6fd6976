import type { ToolResult } from '../call.ts'

/** The one form that ChatGPT's connectors and deep research read: structured, and as a single text the same in JSON. Nothing may stand beside it. */
export const inJson = (structured: Record<string, unknown>): ToolResult => ({ content: [{ type: 'text', text: JSON.stringify(structured) }], structuredContent: structured })
