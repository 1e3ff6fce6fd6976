import { identifyAdmin } from '../../contract/admins.ts'
import type { Operation } from '../../contract/operation.ts'
import type { CallContext } from '../call.ts'
import type { Clock } from './dates.ts'
import { ownFields } from './filter-attributes.ts'
import type { Reader } from './filter-clause.ts'
import { ifReadable } from '../if-readable.ts'
import { utc, type Zone, zoneNamed } from './local-time.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Reads the filters of one search. What is needed for that is asked once, and only when it is. */
export interface SearchReader extends Reader {
  /** In which time zone dates were read; empty when none was. */
  readonly zone: () => Promise<string>
}

/** `now` is in unix seconds. Where the workspace's time zone may not be read, it is UTC. */
export const readerOf = ({ search }: Operation, vocabulary: Vocabulary, { client, signal }: CallContext, now: number): SearchReader => {
  let clock: Promise<Clock> | undefined
  let own: ReturnType<Reader['own']> | undefined
  const clockThere = async (): Promise<Clock> => ({ now, zone: zoneNamed((await ifReadable(client.call(identifyAdmin, {}, { signal })))?.app?.timezone ?? '') ?? utc })
  return {
    searchable: search!, // only searches are read here
    vocabulary,
    client,
    signal,
    clock: () => (clock ??= clockThere()),
    own: () => (own ??= ownFields(vocabulary.own, client, signal)),
    zone: async () => (clock ? told((await clock).zone) : ''),
  }
}

const told = (zone: Zone): string => (zone === utc ? `${zone.name}, since the workspace's time zone could not be read` : zone.name)
