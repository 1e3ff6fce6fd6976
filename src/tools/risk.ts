import type { Effect } from '../contract/operation.ts'

/** How much an executor may do. What customers see counts as destructive: neither can be taken back. */
export type Risk = 'read' | 'write' | 'destructive'

export const riskOf: Readonly<Record<Effect, Risk>> = { read: 'read', write: 'write', send: 'destructive', destroy: 'destructive' }

export const executorOf = (risk: Risk): string => `call_${risk}_operation`
