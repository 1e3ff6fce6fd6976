import { listTicketTypes } from '../contract/ticket-types.ts'
import { type Completer, idsOf } from './complete.ts'

/** Ids of ticket types whose id or name fits what was typed. */
export const ids: Completer = async (typed, client, signal) => idsOf((await client.call(listTicketTypes, {}, { signal })).data, typed, ({ name }) => name)
