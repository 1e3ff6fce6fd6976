import { listTicketTypes } from '../contract/ticket-types.ts'
import { type Completer, fitting, idsOf } from './complete.ts'

/** Ids of ticket types whose id or name fits what was typed. */
export const ids: Completer = async (typed, client, signal) => idsOf((await client.call(listTicketTypes, {}, { signal })).data, typed, ({ name }) => name)

/** Names of ticket types that contain what was typed. */
export const names: Completer = async (typed, client, signal) => fitting((await client.call(listTicketTypes, {}, { signal })).data.map(({ name }) => name), typed)
