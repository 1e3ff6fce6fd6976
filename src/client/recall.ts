import { type Call, isPlainRead, type Send } from './call.ts'

/** Tells of each read of a reference list whether it was answered without being `asked`: from what was kept, or with an identical one. */
export const recallsFor = (onRecall?: (kept: boolean) => void) => {
  const sent = new WeakSet<Call>()
  const asked = (next: Send): Send => (call) => {
    sent.add(call)
    return next(call)
  }
  const told = (remembered: Send): Send => (call) => (call.operation.reference && isPlainRead(call) ? remembered(call).finally(() => onRecall?.(!sent.has(call))) : remembered(call))
  return onRecall ? { asked, told } : { asked: unchanged, told: unchanged }
}

const unchanged = (send: Send): Send => send
