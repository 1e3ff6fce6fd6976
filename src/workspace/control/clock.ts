import * as z from 'zod'
import { moment } from '../scalars.ts'
import type { ClockState, Time } from '../time.ts'
import { Rejection } from '../handler.ts'
import { controlRoute } from './route.ts'
import type { Workings } from './workings.ts'

const shown = (time: Time) => {
  const now = time.look()
  const { offset, frozen_at } = time.state()
  return { time: now, iso: new Date(now * 1000).toISOString(), frozen: frozen_at !== null, ...(frozen_at === null && { offset }) }
}

/** The last second of which an id can be made: 2106-02-07T06:28:15Z. */
const doomsday = 0xffffffff

const wrong = (why: string): Rejection => new Rejection(400, 'parameter_invalid', `time: ${why}`, 'time')

const at = (now: number, frozen: boolean, world: number): ClockState => {
  if (now < 0 || now > doomsday) throw wrong('it must lie between 1970 and 2106, in seconds; divide milliseconds by 1000')
  return frozen ? { offset: 0, frozen_at: now } : { offset: now - world, frozen_at: null }
}

const unreadable = 'it must be unix seconds or a date in ISO 8601'

const Moment = z.union([z.number(), z.string()], { error: unreadable })

const read = (time: string | number): number => {
  const found = moment(time)
  if (found === undefined) throw wrong(unreadable)
  return found
}

const Seconds = z.int({ error: 'it must be whole seconds' }).min(0, { error: 'it must not be negative; `time` sets the clock back' })

interface Change {
  readonly time?: string | number | undefined
  readonly advance?: number | undefined
  readonly frozen?: boolean | undefined
}

const change = ({ time: wanted, advance = 0, frozen }: Change, { store, time, world, outbox }: Workings): void => {
  store.transaction('write', () => {
    const before = time.look()
    const now = (wanted === undefined ? before : read(wanted)) + advance
    time.set(at(now, frozen ?? time.state().frozen_at !== null, Math.floor(world() / 1000)))
  })
  outbox.nudge() // what is due by now is posted now
}

export const clockRoutes = [
  controlRoute({
    route: 'GET /_workspace/clock',
    does: 'Tells the time of the workspace.',
    input: z.strictObject({}),
    example: {},
    handle: (_, { time }) => shown(time),
  }),
  controlRoute({
    route: 'POST /_workspace/clock',
    does: 'Sets the time (unix seconds or ISO 8601), advances it by seconds, stops it (frozen: true) or lets it run again (frozen: false).',
    input: z.strictObject({ time: Moment.optional(), advance: Seconds.optional(), frozen: z.boolean().optional() }),
    example: { advance: 3600, frozen: true },
    handle: (wanted, workings) => {
      change(wanted, workings)
      return shown(workings.time)
    },
  }),
]
