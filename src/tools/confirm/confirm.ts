import { randomBytes } from 'node:crypto'
import { type Approval, type Denial, digest as digestOf } from '../../client/approval.ts'
import type { CallContext } from '../call.ts'
import { type Act, previewOf } from './preview.ts'
import { lifetime, Question } from './question.ts'
import { type Bound, type Claims, hash, type Seals, type Way } from './seal.ts'
import type { Spent } from './spent.ts'

/** What one server asks people's consent with. */
export interface Consent {
  readonly workspace: {
    /** What a person calls it. */
    readonly name: string
    /** Tells it and the credential from any other; no secret. */
    readonly id: string
  }
  readonly seals: Seals
  readonly spent: Spent
}

/** The person whom a client speaks for. */
export interface Person {
  /** Whether the client can put a question to them. */
  readonly reachable: boolean
  /** What they said to one, with the seal that it carried. */
  readonly answer?: Answer
}

interface Answer {
  readonly seal: string
  readonly agreed: boolean
}

/** Milliseconds by which clocks may differ, or be set back: a used confirmation is remembered for so much longer. */
const skew = 60 * 60_000

/**
 * The approval of one call, where a person gave it, or a denial where what they, or whoever speaks for them, gave does not hold.
 * Throws a {@link Question} to put to them.
 */
export const approved = async (act: Act, token: string | undefined, context: CallContext): Promise<Approval> => {
  const { workspace, seals, spent } = await context.consent()
  const digest = digestOf(act.operation.name, act.input)
  const { principal, through: tool } = context.client.caller
  const boundBy = (way: Way): Bound => ({ workspace: workspace.id, principal, tool, way, digest })
  const given = givenBy(context.person, token)
  const claims = given && seals.open(given.seal, boundBy(given.way))
  const problem = given && (await problemOf(given, claims, spent, context.now()))
  if (problem) return { digest: '', denial: { because: problem, note: refusals[problem] } }
  const preview = await previewOf(act, workspace.name, context)
  const shown = hash(preview)
  if (claims?.shown === shown) return { digest }
  const fresh = { id: randomBytes(16).toString('hex'), shown, expires: context.now() + lifetime }
  throw new Question(claims ? `${changed}\n\n${preview}` : preview, seals.seal(fresh, boundBy(context.person.reachable ? 'asked' : 'shown')))
}

/** Whatever comes of it, it was the only time that this confirmation could be used. */
const problemOf = async ({ agreed }: Answer, claims: Claims | undefined, spent: Spent, now: number): Promise<Denial['because'] | undefined> => {
  if (!claims) return 'foreign'
  const unused = await Promise.resolve(spent.spend(claims.id, claims.expires + skew)).catch(() => undefined)
  if (!agreed) return 'declined'
  if (claims.expires <= now) return 'expired'
  if (unused === undefined) return 'unchecked'
  return unused ? undefined : 'used'
}

const givenBy = ({ answer }: Person, token: string | undefined): (Answer & { readonly way: Way }) | undefined => {
  if (answer) return { ...answer, way: 'asked' }
  return token === undefined ? undefined : { seal: token, agreed: true, way: 'shown' }
}

const changed = 'What this is about has changed since it was agreed to. Please look again.'

/** Why a confirmation does not count, and what to do next. */
const refusals: Readonly<Record<Denial['because'], string>> = {
  foreign: 'This confirmation is not for this call, or not as it was given: it holds for the same tool, arguments, caller and workspace only. Call again without it to ask anew.',
  expired: 'This confirmation has expired. Call again without it to ask anew.',
  declined: 'The person did not agree. Do not try again unless they ask for it.',
  unchecked: 'Whether this confirmation was used before cannot be told now, since what servers share about it was lost or cannot be reached. Nothing was sent. Call again without it in a while to ask anew.',
  used: 'This confirmation was used before, and each counts once. Look whether what it was for has happened before you ask anew.',
}
