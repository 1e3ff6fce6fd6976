import type { Operation, ReadBack } from '../contract/operation.ts'
import { itemsIn } from '../contract/paging.ts'
import type { Alarm } from './alarm.ts'
import { type Call, pause, type Send, type World } from './call.ts'
import { within } from './ending.ts'
import { Failure } from './failure.ts'
import { isRecord, recognise } from './recognise.ts'

/** Asks a read on behalf of a call, with its signal and deadline. */
export type Ask = (call: Call, operation: Operation, input: Record<string, unknown>) => Promise<unknown>

/** The part of a call's time that a write may use when it can be read back; the rest is for that. */
const shareOfWriting = 0.8

/** Pause before looking a second time: what a lost connection carried may only be arriving. */
const secondLookMs = 1000

/**
 * Finds out what became of a write whose answer was lost, since Intercom has no idempotency key and sending it again could
 * do it twice. When reading back shows the effect, the object found is the answer if it is what the operation answers;
 * otherwise (a deletion leaves nothing to show) the call fails with outcome `committed`, since there is no answer to give.
 */
export const settle = (world: World & { readonly alarm: Alarm }, ask: Ask) => (next: Send): Send => {
  const write = async (call: Call, readBacks: readonly ReadBack[]): Promise<unknown> => {
    const since = world.now()
    const ms = (call.expires - since) * shareOfWriting
    try {
      return await within(world.alarm, ms, call.ending, (ending) => next({ ...call, ending, expires: since + ms }))
    } catch (failure) {
      if (!(failure instanceof Failure) || failure.outcome !== 'unknown' || call.ending.reason) throw failure
      return readBack(world, ask, call, failure, { readBacks, since })
    }
  }
  return (call) => (call.effect === 'read' || !call.operation.readBack ? next(call) : write(call, [call.operation.readBack].flat()))
}

interface Lost {
  readonly readBacks: readonly ReadBack[]
  readonly since: number
}

const readBack = async (world: World, ask: Ask, call: Call, failure: Failure, lost: Lost): Promise<unknown> => {
  for (const ms of isOver(failure) ? [0] : [0, secondLookMs]) {
    const seen = await pause(world, ms, call).then(() => look(ask, call, lost)).catch(tellsNothing)
    if (seen?.happened === true) return answerOf(call, failure, seen.found)
    if (seen?.happened === false && isOver(failure)) throw failure.with({ outcome: 'not_committed' })
  }
  throw failure
}

const tellsNothing = (failure: unknown): undefined => {
  if (!(failure instanceof Failure)) throw failure
}

/** Whether Intercom itself ended the write, so that what is not there now will not come. Gateways (502, 504, all above) and lost connections may leave it running. */
const isOver = ({ status }: Failure): boolean => status === 500 || status === 503

interface Seen {
  readonly happened: boolean | undefined
  readonly found?: unknown
}

const look = async (ask: Ask, call: Call, { readBacks, since }: Lost): Promise<Seen | undefined> => {
  for (const { operation, input, happened } of readBacks) {
    const asked = input(call.input)
    if (!asked) continue
    const answer = await ask(call, operation, asked).catch(absent)
    const candidates = itemsOf(operation, answer)
    const verdict = (found?: Record<string, unknown>) => happened(call.input, found, Math.floor(since / 1000))
    const found = candidates.find((candidate) => verdict(candidate) === true)
    if (found) return { happened: true, found }
    // A list may lack what is there: it has pages, and search lags. Only a read of the object itself shows its absence.
    return { happened: operation.paging ? undefined : verdict(candidates[0]) }
  }
  return undefined
}

const absent = (failure: unknown): undefined => {
  if (failure instanceof Failure && failure.code === 'not_found') return undefined
  throw failure
}

const itemsOf = ({ paging }: Operation, answer: unknown): Record<string, unknown>[] => {
  return ((paging && itemsIn(answer, paging)) ?? [answer]).filter(isRecord)
}

const answerOf = (call: Call, failure: Failure, found: unknown): unknown => {
  if (found !== undefined && recognise(call.operation.output)(found)) return found
  throw failure.with({ outcome: 'committed' })
}
