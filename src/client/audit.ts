import type { Effect } from '../contract/operation.ts'
import { type Denial, digest } from './approval.ts'
import { type Call, failed, type Send } from './call.ts'
import { Failure, type Outcome } from './failure.ts'

/** What is told of one attempted write. Never what was written, nor any secret. */
export interface AuditLine {
  /** When it ended, as ISO 8601 in UTC. */
  readonly time: string
  readonly principal: string
  /** Whose Intercom it was for, where one process serves several. */
  readonly tenant?: string
  /** The tool it was asked through. */
  readonly tool?: string
  readonly operation: string
  readonly effect: Effect
  /** Path of what it was to change, as in the request. */
  readonly target: string
  /** SHA-256 of operation and input: equal for equal writes. */
  readonly digest: string
  readonly confirmation: 'not needed' | 'given' | 'missing' | Denial['because']
  readonly outcome: Outcome
  /** Whether an earlier write under its idempotency key was answered again, and nothing sent. */
  readonly repeat?: true
  /** Of a failure. */
  readonly code?: string
  readonly request_id?: string
}

/** Where audit lines go. */
export interface Audit {
  /** Rejects while lines cannot be kept. */
  readonly ready: () => Promise<void>
  /** Resolves once the line, and all before it, will outlive this process. */
  readonly add: (line: AuditLine) => Promise<void>
}

/**
 * Tells of every attempted write, refused ones too, before it is answered. While lines cannot be kept, nothing is written: what
 * nobody could look up later does not happen. A line that fails after its write is owed by the audit, and the answer stays true.
 */
export const audited = (now: () => number, audit: Audit, repeats: WeakSet<Call>) => (next: Send): Send => {
  const write = async (call: Call): Promise<unknown> => {
    const line = about(call)
    const tell = (ending: Ending) => audit.add({ time: new Date(now()).toISOString(), ...line, ...ending, ...(repeats.has(call) && { repeat: true as const }) }).catch(() => {})
    await audit.ready().catch((cause: unknown) => {
      throw failed(call, 'policy_denied', { outcome: 'not_sent', note: 'The audit log of this server cannot be written, and without it nothing is changed', cause })
    })
    try {
      const answer = await next(call)
      await tell({ outcome: 'committed' })
      return answer
    } catch (error) {
      await tell(endingOf(error))
      throw error
    }
  }
  return (call) => (call.effect === 'read' ? next(call) : write(call))
}

type Ending = Pick<AuditLine, 'outcome' | 'code' | 'request_id'>

const about = (call: Call): Omit<AuditLine, 'time' | 'outcome'> => ({
  principal: call.caller.principal,
  ...(call.caller.through !== undefined && { tool: call.caller.through }),
  operation: call.operation.name,
  effect: call.effect,
  target: call.path.split('?')[0]!,
  digest: digest(call.operation.name, call.input),
  confirmation: confirmationOf(call),
})

const confirmationOf = ({ effect, approval, caller: { policy } }: Call): AuditLine['confirmation'] => {
  if (!policy.confirm.has(effect)) return 'not needed'
  return approval ? (approval.denial?.because ?? 'given') : 'missing'
}

const endingOf = (error: unknown): Ending =>
  error instanceof Failure ? { outcome: error.outcome, code: error.code, request_id: error.upstream?.requestId } : { outcome: 'unknown', code: 'unexpected' }
