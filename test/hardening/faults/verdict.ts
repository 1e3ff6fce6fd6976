import { Failure, type Outcome } from '../../../src/client/failure.ts'
import { isRecord } from '../../../src/client/recognise.ts'
import type { End, Fault } from './fault.ts'
import { askings, type Kind, patienceMs, type Seen } from './trial.ts'
import type { Plan } from './upstream.ts'

/** What an answer or a failure says of a write, and whether it is so. */
const holds: Readonly<Record<Outcome, (commits: number) => boolean>> = {
  not_sent: (commits) => commits === 0,
  rejected: (commits) => commits === 0,
  not_committed: (commits) => commits === 0,
  committed: (commits) => commits === 1,
  unknown: () => true,
}

/** How a person is told. */
const told: Readonly<Record<Outcome, RegExp>> = {
  not_sent: /Nothing was sent|did not run/,
  rejected: /Nothing was changed|did not run/,
  not_committed: /did not take effect/,
  committed: /did take effect/,
  unknown: /may or may not/,
}

type Rule = (seen: Seen) => boolean

/** What must hold of every call, whatever is wrong upstream. */
const rules: Readonly<Record<string, Rule>> = {
  'an answer in time': ({ ms, deadlineMs }) => ms < deadlineMs + patienceMs - 100,
  'no false success': ({ kind, answer, failure, commits, name }) => failure !== undefined || (isRecord(answer) && askings[kind].isTrue(answer, name) && commits === (askings[kind].writes ? 1 : 0)),
  'a failure of a known kind': ({ failure }) => failure === undefined || failure instanceof Failure,
  'the truth about what became of it': ({ failure, commits }) => !(failure instanceof Failure) || holds[failure.outcome](commits),
  'a word to people whether it ran': ({ kind, failure }) => !(failure instanceof Failure) || !askings[kind].writes || told[failure.outcome].test(failure.advice),
  'advice one can read': ({ failure }) => !(failure instanceof Failure) || (failure.advice.length > 20 && failure.advice.length < 700 && !/\n|token-a|node:|\bat .*:\d+/.test(failure.advice)),
  'at most one run': ({ commits }) => commits <= 1,
  'requests within bounds': ({ sent }) => sent <= 3,
  'health afterwards': ({ next, name }) => isRecord(next) && askings.read.isTrue(next, name),
  'no socket left': ({ left }) => left === 0,
}

/** The rules that a call broke. */
export const broken = (seen: Seen): string[] => Object.keys(rules).filter((rule) => !rules[rule]!(seen))

/** For a message: what was tried, and what came of it. */
export const described = ({ kind, plan, failure, answer, ...seen }: Seen): string =>
  `${kind}, ${plan.faults.map(({ name }) => name).join(', then ')}, then ${plan.after}, ${plan.ran ? 'run' : 'not run'}: ` +
  JSON.stringify({ ...seen, next: undefined, plan: undefined, ...(failure instanceof Failure ? { code: failure.code, outcome: failure.outcome, advice: failure.advice } : { failure: String(failure), answer }) })

/** What a call ended with. */
export const endOf = ({ failure }: Seen): End | 'no failure of ours' => {
  if (failure === undefined) return 'answer'
  return failure instanceof Failure ? failure.code : 'no failure of ours'
}

/** What a call may end with that meets one fault, once or always. */
export const endsOf = (fault: Fault, kind: Kind, { after, ran }: Plan): readonly End[] => {
  const told = [fault.told].flat()
  if (after === 'the same') return told
  const { writes } = askings[kind]
  if (fault.passes && (!writes || fault.refuses)) return ['answer']
  if (writes && fault.early) return [...told, 'answer'] // where it was provably not sent, it is sent again
  const found = kind === 'update' && ran && !fault.refuses // by reading back
  return found ? ['answer', ...(fault.hangs ? told : [])] : told // of what hangs, little time may be left to read
}
