import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { updateContact } from '../../src/contract/contacts.ts'
import { lifetime } from '../../src/tools/confirm/question.ts'
import { type Seals, sealing } from '../../src/tools/confirm/seal.ts'
import { agreeing, type Attempt, type Came, type Consent, consentWith } from './agreeing.ts'
import { cases, tally } from './figures.ts'

const key = Buffer.alloc(32, 7)
const contact = '66f0c3d1a7b24e1000000006'
const reply: Attempt = { tool: 'reply_conversation', args: { id: '119', message_type: 'comment', type: 'admin', admin_id: '4810101', body: 'Your boots are booked.' } }
const executed: Attempt = { tool: 'call_destructive_operation', args: { operation: 'reply_conversation', input: reply.args } }
const message: Attempt = { tool: 'create_message', args: { from: { type: 'admin', id: '4810101' }, to: { type: 'user', id: contact }, body: 'Hello', message_type: 'inapp' } }
const untagging: Attempt = { tool: 'untag_conversation', args: { conversation_id: '119', id: '8020010', admin_id: '4810101' } }
const wholes = [reply, executed, message, untagging]

/** A confirmation that is not as it was given, or not for what it was given. `heals` undoes what was done to the world. */
type Mutation = fc.Arbitrary<{ readonly what: string; readonly whole: Attempt; readonly mutated: (seal: string) => Attempt }>

const of = (what: string, mutated: fc.Arbitrary<(whole: Attempt, seal: string) => Attempt>): Mutation =>
  fc.record({ whole: fc.constantFrom(...wholes), mutated }).map(({ whole, mutated: by }) => ({ what, whole, mutated: (seal: string) => by(whole, seal) }))

const withBytes = (seal: string, change: (bytes: Buffer) => Buffer) => change(Buffer.from(seal, 'base64url')).toString('base64url')
const flipped = (bit: number) => (bytes: Buffer) => {
  bytes[(bit >> 3) % bytes.length]! ^= 1 << (bit & 7)
  return bytes
}

const altered = (args: Attempt['args'], name: number, value: unknown): Attempt['args'] => {
  if ('operation' in args) return { ...args, input: altered(args.input as Attempt['args'], name, value) }
  const names = Object.keys(args).filter((each) => !['message_type', 'type', 'from', 'to'].includes(each))
  return { ...args, [names[name % names.length]!]: value }
}

const texts = fc.string({ minLength: 1, maxLength: 40 }).filter((text) => !JSON.stringify(wholes).includes(JSON.stringify(text)))

const mutations: readonly Mutation[] = [
  of('a bit of the seal', fc.nat(82 * 8 - 1).map((bit) => (whole, seal) => ({ ...whole, token: withBytes(seal, flipped(bit)) }))),
  of('a seal cut short', fc.integer({ min: 1, max: 109 }).map((end) => (whole, seal) => ({ ...whole, token: seal.slice(0, -end) }))),
  of('a seal with more', texts.map((more) => (whole, seal) => ({ ...whole, token: seal + more }))),
  of('the same bytes spelt otherwise', fc.constantFrom(' ', '=', '==', '\n', '.', '\u200b').chain((sign) => fc.nat(109).map((at) => (whole, seal) => ({ ...whole, token: seal.slice(0, at) + sign + seal.slice(at) })))),
  of('any text', texts.map((token) => (whole) => ({ ...whole, token }))),
  of('random bytes', fc.uint8Array({ minLength: 82, maxLength: 82 }).map((bytes) => (whole) => ({ ...whole, token: Buffer.from(bytes).toString('base64url') }))),
  of('another argument', fc.tuple(fc.nat(9), texts).map(([name, value]) => (whole, token) => ({ ...whole, token, args: altered(whole.args, name, value) }))),
  of('an argument more', fc.constantFrom({ attachment_urls: ['https://x.example/a'] }, { created_at: 1 }, { template: 'plain' }).map((more) => (whole, token) => ({ ...whole, token, args: { ...whole.args, ...more } }))),
  of('another tool for the same operation', fc.constant((whole, token) => (whole === executed ? { ...reply, token } : { tool: 'call_destructive_operation', args: { operation: whole.tool, input: whole.args }, token }))),
  of('another operation with the same input', fc.constantFrom('reply_ticket', 'delete_conversation', 'convert_conversation_to_ticket').map((tool) => (whole, token) => ({ ...whole, tool, token }))),
  of('another principal', texts.map((principal) => (whole, token) => ({ ...whole, token, principal }))),
  of('another workspace', texts.map((id) => (whole, token) => ({ ...whole, token, consent: consentWith(key, { workspace: { name: 'the workspace', id } }) }))),
  of('another key', fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => (whole, token) => ({ ...whole, token, consent: consentWith(Buffer.from(bytes)) }))),
  of('a preview as if the client had asked', fc.constant((whole, seal) => ({ ...whole, answer: { seal, agreed: true }, reachable: true }))),
  of('too late', fc.integer({ min: lifetime, max: 100 * lifetime }).map((at) => (whole, token) => ({ ...whole, token, at }))),
  of('a refusal by the person', fc.constant((whole, seal) => ({ ...whole, answer: { seal, agreed: false }, reachable: true }))),
]

type Room = Awaited<ReturnType<typeof agreeing>>
let room: Room
beforeAll(async () => {
  room = await agreeing(consentWith(key))
})
afterAll(() => room.close())

const asked = async (attempt: Attempt): Promise<string> => {
  const { seal, text } = await room.attempt(attempt)
  if (seal === undefined) throw new Error(`no question: ${text}`)
  return seal
}

/** Tries mutations of confirmations that hold. Answers those that were taken for what they are not. */
const accepted = async (count: number, mutation: Mutation, doing = (attempt: Attempt): Promise<Came> => room.attempt(attempt)): Promise<string[]> => {
  const taken: string[] = []
  const seals = new Map(await Promise.all(wholes.map(async (whole) => [whole, await asked(whole)] as const)))
  for (const { what, whole, mutated } of fc.sample(mutation, { seed: 20_261_122, numRuns: count })) {
    const attempt = mutated(seals.get(whole)!)
    const came = await doing(attempt)
    if (came.done) taken.push(`${what}: ${JSON.stringify(attempt)}`)
    if (/expired|did not agree|used before/.test(came.text)) seals.set(whole, await asked(whole)) // it was opened, and is spent
  }
  return taken
}

describe('a confirmation altered in any way is refused', () => {
  const figure = tally('A confirmation altered in any way, or for another call, is refused')
  const each = Math.ceil(cases(512, 10_240) / mutations.length)

  test.each(mutations.map((mutation, index) => ({ what: fc.sample(mutation, { seed: 1, numRuns: 1 })[0]!.what, index })))('$what', async ({ index }) => {
    await figure.during(async () => expect(await accepted(each, mutations[index]!)).toEqual([]))
    figure.held(each - 1)
  }, 600_000)

  test('and the same confirmation, as it was given, is taken', async () => {
    for (const whole of wholes.slice(0, 3)) expect(await room.attempt({ ...whole, token: await asked(whole) })).toMatchObject({ done: true })
  })

  test('the broken twin: seals that are opened without looking whether they hold let every kind through', async () => {
    const whole = sealing(key)
    const bounds = new Map<string, Parameters<Seals['seal']>[0]>()
    const trusting = (own: Consent): Consent => ({ ...own, seals: { seal: whole.seal, open: () => bounds.get('last') }, spent: { spend: () => true } })
    for (const mutation of mutations.slice(0, 9)) {
      const taken = await accepted(8, mutation, async (attempt) => {
        const known = await room.attempt({ ...attempt, token: undefined, answer: undefined, consent: consentWith(key) })
        if (known.seal === undefined) return known
        bounds.set('last', { id: '00', shown: (await import('../../src/tools/confirm/seal.ts')).hash(known.text), expires: Number.MAX_SAFE_INTEGER })
        return room.attempt({ ...attempt, consent: trusting(consentWith(key)) })
      })
      expect(taken.length, fc.sample(mutation, 1)[0]!.what).toBeGreaterThan(0)
    }
  })
})

describe('whom it reaches has changed since it was agreed to', () => {
  const figure = tally('A confirmation is refused when recipient or target changed since')
  const rename = (name: string) => room.client.call(updateContact, { id: contact, name })

  test('it asks anew instead', async () => {
    for (let index = 0; index < cases(40, 1_000); index += 1)
      await figure.during(async () => {
        const token = await asked(message)
        await rename(`Priyanka ${index}`)
        expect(await room.attempt({ ...message, token })).toMatchObject({ done: false, seal: expect.any(String) as string })
      })
  }, 600_000)

  test('the broken twin: when what was shown is not compared, it is sent', async () => {
    const { seals, ...rest } = consentWith(key)
    const token = await asked(message)
    await rename('Somebody else')
    const shown = (await room.attempt(message)).text
    const { hash } = await import('../../src/tools/confirm/seal.ts')
    const blind: Consent = { ...rest, seals: { ...seals, open: (seal, bound) => ({ ...seals.open(seal, bound)!, shown: hash(shown) }) } }
    expect(await room.attempt({ ...message, token, consent: blind })).toMatchObject({ done: true })
  })
})
