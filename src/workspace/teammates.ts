import { teammate } from './admins.ts'
import { Rejection } from './handler.ts'
import type { Store } from './store.ts'

/** What a teammate can be to a piece of content. */
type Part = 'author' | 'owner' | 'sender'

/** Throws unless each id given is a teammate's. [inferred] The words, but for those of an owner. */
export const requireTeammates = (store: Store, named: Readonly<Partial<Record<`${Part}_id`, number | undefined>>>): void => {
  for (const [field, id] of Object.entries(named)) {
    if (id === undefined || teammate(store, id)) continue
    throw new Rejection(400, 'parameter_invalid', `The ${field.replace('_id', '')} specified is not a member of the workspace`, field)
  }
}

/** Said of an internal article too, though it has no translations. */
export const withoutAuthor = (): Rejection =>
  new Rejection(400, 'parameter_not_found', 'author_id must be in the main body or default locale translated_content object')
