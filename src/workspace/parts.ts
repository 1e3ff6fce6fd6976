import type { AdminDocument } from './admins.ts'
import type { ContactDocument } from './contact-document.ts'
import { type Collection, type Sql, sql, type Store } from './store.ts'

/** Who wrote a part of a ticket or of a conversation. A lead, too, is a `user` here. */
export type PartAuthor = {
  readonly type: 'admin' | 'bot' | 'user'
  readonly id: string
  readonly name: string | null
  readonly email: string | null
}

/** Whom something was given to; `nobody_admin` has no id. */
export type Assignee = { readonly type: 'admin' | 'team' | 'nobody_admin'; readonly id: string | null }

export const asAuthor = ({ id, name, email, bot }: AdminDocument): PartAuthor => ({ type: bot ? 'bot' : 'admin', id, name, email })

export const asUser = ({ id, name, email }: Pick<ContactDocument, 'id' | 'name' | 'email'>): PartAuthor => ({ type: 'user', id, name, email })

/** [inferred] The name of the app behind the token. */
export const appPackageCode = 'simulated-app'

/** As many parts as a ticket or a conversation shows, the newest; the others cannot be read at all. */
const shown = 500

/** The newest of the parts that `which` picks, oldest of them first, and how many there are in all. */
export const newestParts = <P>(store: Store, from: Collection<P>, which: Sql): { parts: P[]; total: number } => {
  const newest = store.find(from, { where: which, order: sql`created_at DESC, seq DESC`, limit: shown })
  return { parts: newest.reverse(), total: newest.length < shown ? newest.length : store.count(from, which) }
}

/** Removes all the parts that `which` picks. */
export const removeThem = <P extends { readonly id: string }>(store: Store, from: Collection<P>, which: Sql): void => {
  for (const { id } of store.find(from, { where: which })) store.remove(from, id)
}
