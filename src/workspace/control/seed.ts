import * as z from 'zod'
import { laidSeed, layAnew, type Seed } from '../founding.ts'
import { Rejection } from '../handler.ts'
import { exported, seedFrom } from '../seed-file.ts'
import { SeedProblem } from '../seed-shape.ts'
import { asTheWorld } from '../time.ts'
import { forget } from '../webhooks/notification.ts'
import { controlRoute } from './route.ts'
import type { Workings } from './workings.ts'

/** As many characters as an export may hold. */
const mostExported = 200_000_000

/** What is asked of a seed that cannot be laid becomes a refusal. */
const refusing = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof SeedProblem) throw new Rejection(400, 'seed_invalid', error.message, error.path)
    throw error
  }
}

/** All or nothing. Whoever was to be told of what is gone is not told. */
const begin = (seed: Seed, { store, time }: Workings, keepClock: boolean): void =>
  store.transaction('write', () => {
    if (!keepClock) time.set(asTheWorld)
    layAnew(store, time.look(), seed)
    forget(store)
  })

const laid = (seed: Seed, { store, time }: Workings) => ({ seed: typeof seed === 'string' ? seed : 'loaded', time: time.now(), collections: store.counts() })

export const seedRoutes = [
  controlRoute({
    route: 'POST /_workspace/reset',
    does: 'Brings back the seed that was laid last, or lays "demo" or "empty". Tokens and webhooks stay; faults, requests, rate windows and notifications go; the clock runs as the world\'s unless keep_clock is true.',
    input: z.strictObject({ seed: z.enum(['demo', 'empty']).optional(), keep_clock: z.boolean().default(false) }),
    example: { keep_clock: true },
    handle: ({ seed: wanted, keep_clock }, workings) => {
      const seed = wanted ?? laidSeed(workings.store)
      begin(seed, workings, keep_clock)
      for (const each of [workings.faults, workings.limiter, workings.journal]) each?.clear()
      return laid(seed, workings)
    },
  }),
  controlRoute({
    route: 'GET /_workspace/seed',
    does: 'Exports all data as one JSON object, which can be loaded again.',
    input: z.strictObject({}),
    example: {},
    handle: (_, { store }) =>
      store.transaction('read', () => {
        if (store.size() > mostExported) throw new Rejection(422, 'too_large', 'The workspace is too large for one JSON object; copy its file instead (--file)')
        return exported(store)
      }),
  }),
  controlRoute({
    route: 'PUT /_workspace/seed',
    does: 'Loads data instead of what there is, all or nothing: an export, or a few documents by collection upon "base": "empty" or "demo".',
    input: z.looseObject({}),
    example: { base: 'empty', collections: { contact: [{ id: 'ada', role: 'user', email: 'ada@example.com', name: 'Ada' }] } },
    handle: (given, workings) =>
      refusing(() => {
        const seed = seedFrom(given)
        begin(seed, workings, true)
        return laid(seed, workings)
      }),
  }),
]
