type Document = Record<string, unknown>

const document = (value: unknown): Document => (typeof value === 'object' && value !== null ? (value as Document) : {})

/** On which side an author is, by the type that Intercom gives them. */
const sides: Readonly<Record<string, string>> = { user: 'customer', lead: 'customer', contact: 'customer', visitor: 'customer', admin: 'teammate', team: 'teammate', bot: 'bot' }

/** Who says something: what Fin says by itself comes from a teammate's or a bot's account. */
export const sideOf = (author: unknown): string => {
  const { type, from_ai_agent, is_ai_answer } = document(author)
  return from_ai_agent || is_ai_answer ? 'Fin' : (sides[String(type)] ?? 'unknown')
}

/** How an author is called: by name, or by email where there is none. */
export const callName = (author: unknown): string | undefined => {
  const { name, email, id } = document(author)
  const found = name ?? email ?? id
  return found === undefined ? undefined : String(found).replaceAll('\n', ' ')
}
