import type { Operation, ReadBack } from '../contract/operation.ts'
import { itemsIn } from '../contract/paging.ts'
import type { Alarm } from './alarm.ts'
import { type Call, isIdempotent, pause, type Send, type World } from './call.ts'
import { echoes } from './echo.ts'
import { within } from './ending.ts'
import { Failure } from './failure.ts'
import { pageOf } from './pages.ts'
import { isRecord, recognise } from './recognise.ts'

/** Asks a read on behalf of a call, with its signal and deadline. */
export type Ask = (call: Call, operation: Operation, input: Record<string, unknown>) => Promise<unknown>

/** A write whose answer was lost: how, and when it was sent, in milliseconds. */
export interface Lost {
  readonly failure: Failure
  readonly since: number
}

/** The part of a call's time that a write may use when it can be read back; the rest is for that. */
const shareOfWriting = 0.8

/** Pause before looking a second time: what a lost connection carried may only be arriving. */
const secondLookMs = 1000

/**
 * Finds out what became of a write whose answer was lost, since Intercom has no idempotency key and sending it again could
 * do it twice. When reading back shows the effect, the object found is the answer if it is what the operation answers;
 * otherwise (a deletion leaves nothing to show) the call fails with outcome `committed`, since there is no answer to give.
 */
export const settle = (world: World & { readonly alarm: Alarm }, ask: Ask) => {
  const { sound, isAmbiguous } = echoes()

  const look = async (call: Call, lost: Lost): Promise<unknown> => {
    for (const ms of isOver(lost) ? [0] : [0, secondLookMs]) {
      const seen = await pause(world, ms, call).then(() => see(ask, call, lost)).catch(() => undefined) // a look that fails tells nothing
      if (seen?.happened === true && !isAmbiguous(call, lost.since)) return answerOf(call, lost, seen.answer)
      if (seen?.happened === false && isOver(lost)) throw lost.failure.with({ outcome: 'not_committed' })
    }
    throw lost.failure
  }
  const write = async (next: Send, call: Call): Promise<unknown> => {
    const since = world.now()
    const ms = (call.expires - since) * shareOfWriting
    const unsound = isIdempotent(call) ? () => {} : sound(call, since)
    try {
      return await within(world.alarm, ms, call.ending, (ending) => next({ ...call, ending, expires: since + ms })).catch((failure: unknown) => {
        if (!(failure instanceof Failure) || failure.outcome !== 'unknown' || call.ending.reason) throw failure
        return look(call, { failure, since })
      })
    } catch (failure) {
      if (failure instanceof Failure && failure.neverHappened) unsound()
      throw failure
    }
  }
  return {
    settled: (next: Send): Send => (call) => (call.effect === 'read' || !call.operation.readBack ? next(call) : write(next, call)),
    /** Looks what became of a write lost before. Throws its failure as long as that cannot be told. */
    look,
  }
}

/** Whether Intercom itself ended the write, so that what is not there now will not come. Gateways (502, 504, all above) and lost connections may leave it running. */
const isOver = ({ failure: { status } }: Lost): boolean => status === 500 || status === 503

interface Seen {
  readonly happened: boolean | undefined
  /** What the write would have answered. */
  readonly answer?: unknown
}

const see = async (ask: Ask, call: Call, { since }: Lost): Promise<Seen | undefined> => {
  for (const readBack of [call.operation.readBack ?? []].flat()) {
    const asked = readBack.input(call.input)
    if (!asked) continue
    const { operation, happened, answer = itself } = readBack
    const page = await ask(call, operation, asked).catch(absent)
    const candidates = itemsOf(operation, page)
    const verdict = (found?: Record<string, unknown>) => happened(call.input, found, Math.floor(since / 1000))
    const found = candidates.find((candidate) => verdict(candidate) === true)
    if (found) return { happened: true, answer: answer(found, call.input) }
    if (!operation.paging) return { happened: verdict(candidates[0]) }
    // where its absence is the effect, finding it is the opposite
    return { happened: readBack.missing && candidates.some((candidate) => verdict(candidate) === false) ? false : missing(readBack, page) }
  }
  return undefined
}

const itself = (found: Record<string, unknown>) => found

/** A list may lack what is there: it has pages, and search lags. Only where the contract says so, and it was read to its end, does that tell anything. */
const missing = ({ operation: { paging }, missing: told }: ReadBack, page: unknown): boolean | undefined => {
  if (told === undefined || itemsIn(page, paging!) === undefined) return undefined // what is missing is said of lists only; an answer without one is to something else
  const { next, more } = pageOf(paging, page)
  return next === undefined && !more ? told : undefined
}

const absent = (failure: unknown): undefined => {
  if (failure instanceof Failure && failure.code === 'not_found' && failure.upstream?.code !== undefined) return undefined // without one, it may be a page of what stands between
  throw failure
}

const itemsOf = ({ paging }: Operation, answer: unknown): Record<string, unknown>[] => {
  return ((paging && itemsIn(answer, paging)) ?? [answer]).filter(isRecord)
}

const answerOf = (call: Call, { failure }: Lost, answer: unknown): unknown => {
  if (answer !== undefined && recognise(call.operation.output)(answer)) return answer
  throw failure.with({ outcome: 'committed' })
}
