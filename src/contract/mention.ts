/** Sorts of objects that others mention by id alone. */
export type Sort = 'admin' | 'team' | 'tag' | 'segment' | 'ticket_type' | 'collection' | 'newsfeed' | 'help_center' | 'subscription' | 'company' | 'contact'

type Document = Record<string, unknown>

/** Maps, since upstream chooses what is looked up: a custom attribute may be called `constructor`, which every object has. */
const mapOf = (table: Readonly<Record<string, Sort>>): ReadonlyMap<string, Sort> => new Map(Object.entries(table))

/** Fields that hold ids, and of what. */
export const referring = mapOf({
  admin_assignee_id: 'admin',
  team_assignee_id: 'team',
  owner_id: 'admin',
  author_id: 'admin',
  sender_id: 'admin',
  admin_id: 'admin',
  last_closed_by_id: 'admin',
  admin_ids: 'admin',
  team_ids: 'team',
  primary_team_ids: 'team',
  secondary_team_ids: 'team',
  ticket_type_id: 'ticket_type',
  parent_id: 'collection',
  newsfeed_id: 'newsfeed',
  help_center_id: 'help_center',
})

/** What `{type, id}` points to, by its type. */
export const pointing = mapOf({
  admin: 'admin',
  team: 'team',
  tag: 'tag',
  segment: 'segment',
  subscription: 'subscription',
  company: 'company',
  contact: 'contact',
  user: 'contact',
  lead: 'contact',
})

/** What an answer mentions by id alone, by sort, and the names that it gives beside ids elsewhere. */
export interface Mentioned {
  readonly ids: ReadonlyMap<Sort, ReadonlySet<string>>
  readonly names: ReadonlyMap<Sort, ReadonlyMap<string, string>>
}

/** Reads an answer of any depth. */
export const mentioned = (answer: unknown): Mentioned => {
  const ids = new Map<Sort, Set<string>>()
  const names = new Map<Sort, Map<string, string>>()
  const mention = (sort: Sort, id: unknown) => void (isId(id) && ids.set(sort, (ids.get(sort) ?? new Set()).add(String(id))))
  const pointer = (value: Document) => {
    const { type, id, name } = value
    const sort = typeof type === 'string' && isId(id) ? pointing.get(type) : undefined
    if (!sort) return
    if (typeof name === 'string' && name) names.set(sort, (names.get(sort) ?? new Map<string, string>()).set(String(id), name))
    else if (isBare(value)) mention(sort, id)
  }
  const left: unknown[] = [answer] // not by recursion: an answer may be nested as deep as its sender likes
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (typeof value !== 'object' || value === null) continue
    if (!Array.isArray(value)) pointer(value as Document)
    for (const [key, item] of Object.entries(value)) {
      const sort = referring.get(key)
      if (sort) [item].flat().forEach((id) => mention(sort, id))
      else left.push(item ?? null)
    }
  }
  return { ids, names }
}

/** Whether this only points to an object, and is not the object itself. */
const isBare = (value: Document): boolean => Object.keys(value).every((key) => bare.has(key))

const bare = new Set(['type', 'id', 'external_id', 'url', 'name', 'email', 'ip'])

/** `0` and `"0"` stand for nobody. */
const isId = (value: unknown): boolean => (typeof value === 'string' || typeof value === 'number') && String(value) !== '0' && value !== ''
