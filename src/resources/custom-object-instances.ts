import * as z from 'zod'
import type { Client } from '../client/client.ts'
import { searchConversations } from '../contract/conversations.ts'
import { CustomObjectInstance } from '../contract/custom-object-instances.ts'
import { shape } from '../contract/shape.ts'
import { type Completer, fitting, idsOf } from './complete.ts'

// Intercom lists neither types nor instances. Those that are in use stand in the custom attributes of what refers to them.
const References = shape({ instances: z.array(CustomObjectInstance) }, {})

/** The instances that the latest conversations refer to. */
const referredTo = async (client: Client, signal: AbortSignal): Promise<z.output<typeof CustomObjectInstance>[]> => {
  const latest = { query: { field: 'created_at', operator: '>', value: 0 }, pagination: { per_page: 150 } } as const
  const { conversations } = await client.call(searchConversations, latest, { signal })
  return conversations.flatMap(({ custom_attributes }) => Object.values(custom_attributes ?? {}).flatMap((value) => References.safeParse(value).data?.instances ?? []))
}

/** Identifiers of the types of these, if they fit what was typed. */
export const types: Completer = async (typed, client, signal) =>
  fitting((await referredTo(client, signal)).map(({ type }) => type), typed)

/** Ids of those that are of the type given, if id or external id fits what was typed. */
export const ids: Completer = async (typed, client, signal, { custom_object_type_identifier: type }) => {
  const instances = await referredTo(client, signal)
  return idsOf(instances.filter((instance) => !type || instance.type === type), typed, ({ external_id }) => external_id)
}

/** External ids of those that are of the type given, if they fit what was typed. */
export const externalIds: Completer = async (typed, client, signal, { custom_object_type_identifier: type }) => {
  const instances = await referredTo(client, signal)
  return fitting(instances.filter((instance) => !type || instance.type === type).map(({ external_id }) => external_id), typed)
}
