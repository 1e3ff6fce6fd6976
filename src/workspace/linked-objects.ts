/** A ticket or a conversation that another one is tied to. A conversation has no category. */
export interface LinkedObject {
  readonly type: 'ticket' | 'conversation'
  readonly id: string
  readonly category: string | null
}

/** As many as are answered. */
const shown = 1000

export const presentLinked = (linked: readonly LinkedObject[]) => ({
  type: 'list',
  data: linked.slice(0, shown).map(({ type, id, category }) => ({ type, id, category })),
  total_count: linked.length,
  has_more: linked.length > shown,
})

export const without = (linked: readonly LinkedObject[], id: string): readonly LinkedObject[] => linked.filter((other) => other.id !== id)
