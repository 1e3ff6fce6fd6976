import { listAdmins } from '../contract/admins.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of teammates whose id, name or email fits what was typed. */
export const ids: Completer = async (typed, client, signal) =>
  idsOf((await client.call(listAdmins, {}, { signal })).admins, typed, ({ name, email }) => `${name} ${email}`)
