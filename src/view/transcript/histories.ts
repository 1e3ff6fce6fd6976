/** Where the history of an object is. */
export interface History {
  /** Key of its parts, and of the wrapper around them. */
  readonly parts: string
  /** Key of what was said first: a text, or an entry with a `body`. */
  readonly first: string
  /** The tool that shows the rest, with `parts_before` and `parts_after`. */
  readonly tool: string
  /** Fields that are shown only with every detail. */
  readonly aside: readonly string[]
}

export const conversationHistory: History = { parts: 'conversation_parts', first: 'source', tool: 'get_conversation', aside: ['statistics', 'teammates', 'read'] }

export const ticketHistory: History = { parts: 'ticket_parts', first: 'description', tool: 'get_ticket', aside: [] }
