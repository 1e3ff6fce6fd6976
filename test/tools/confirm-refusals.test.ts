import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { updateContact } from '../../src/contract/contacts.ts'
import { lifetime } from '../../src/tools/confirm/question.ts'
import { type Claims, sealing } from '../../src/tools/confirm/seal.ts'
import { spentInMemory } from '../../src/tools/confirm/spent.ts'
import { agreeing, type Attempt, began, consentWith } from '../hardening/agreeing.ts'

const key = Buffer.alloc(32, 3)
const contact = '66f0c3d1a7b24e1000000006'
const message: Attempt = { tool: 'create_message', args: { from: { type: 'admin', id: '4810101' }, to: { type: 'user', id: contact }, body: 'Hello', message_type: 'inapp' } }

let room: Awaited<ReturnType<typeof agreeing>>
let spent: { id: string; until: number }[]
const sealed: Claims[] = []

beforeAll(async () => {
  const { seals } = consentWith(key)
  const memory = spentInMemory(() => began)
  room = await agreeing(
    consentWith(key, {
      seals: { ...seals, seal: (claims, bound) => (sealed.push(claims), seals.seal(claims, bound)) },
      spent: { spend: (id, until) => (reachable ? (spent.push({ id, until }), memory.spend(id, until)) : Promise.reject(new Error('unreachable'))) },
    }),
  )
})
beforeEach(() => void (spent = []))
afterAll(() => room.close())

const asked = async (attempt: Attempt = message): Promise<string> => (await room.attempt(attempt)).seal!

/** What came of it where nothing was done and nobody is asked anew. */
const refused = async (attempt: Attempt): Promise<string> => {
  const { seal, text, done } = await room.attempt(attempt)
  expect([seal, done]).toEqual([undefined, false])
  return text
}

/** Whether where uses are remembered can be asked. */
let reachable = true

describe('a confirmation', () => {
  test('that cannot be told from a used one does not count', async () => {
    const token = await asked()
    reachable = false
    const text = await refused({ ...message, token })
    reachable = true
    expect(text).toContain('Whether this confirmation was used before cannot be told now')
    expect(await room.attempt({ ...message, token: await asked() })).toMatchObject({ done: true })
  })

  test('holds until its time is up, and no longer', async () => {
    expect(await room.attempt({ ...message, token: await asked(), at: lifetime - 1 })).toMatchObject({ done: true })
    expect(await refused({ ...message, token: await asked(), at: lifetime })).toContain('This confirmation has expired. Call again without it to ask anew.')
  })

  test('counts once, and that it was used is remembered an hour longer than it holds', async () => {
    const token = await asked()
    expect(await room.attempt({ ...message, token })).toMatchObject({ done: true })
    expect(await refused({ ...message, token })).toContain('This confirmation was used before, and each counts once. Look whether what it was for has happened before you ask anew.')
    const { id } = sealed.at(-1)!
    expect(spent).toEqual([{ id, until: began + lifetime + 3_600_000 }, { id, until: began + lifetime + 3_600_000 }])
  })

  test('is another each time', async () => {
    await asked()
    await asked()
    const [one, other] = sealed.slice(-2)
    expect(one!.id).toMatch(/^[0-9a-f]{32}$/)
    expect(other!.id).not.toBe(one!.id)
    expect(other!.shown).toBe(one!.shown)
  })

  test.each([
    ['text', 'nonsense'],
    ['a seal cut short', sealing(key).seal({ id: 'ab'.repeat(16), shown: 'cd'.repeat(32), expires: began }, { workspace: 'one', principal: 'local', tool: 'create_message', way: 'shown', digest: '' }).slice(0, -4)],
    ['nothing', ''],
  ])('that is %s uses none, and is refused', async (_, token) => {
    expect(await refused({ ...message, token })).toMatch(
      /^This confirmation is not for this call, or not as it was given: it holds for the same tool, arguments, caller and workspace only\. Call again without it to ask anew\. Nothing was sent\.$/,
    )
    expect(spent).toEqual([])
  })

  test('that the person refused is used up, even late', async () => {
    const asking = { ...message, reachable: true }
    const seal = await asked(asking)
    expect(await refused({ ...asking, answer: { seal, agreed: false }, at: lifetime })).toContain('The person did not agree. Do not try again unless they ask for it.')
    expect(await refused({ ...asking, answer: { seal, agreed: true } })).toContain('used before')
  })

  test('given to the client counts before a token among the arguments', async () => {
    const asking = { ...message, reachable: true }
    expect(await refused({ ...asking, token: await asked(), answer: { seal: await asked(asking), agreed: false } })).toContain('did not agree')
  })

  test('of what has changed since asks anew, and says so; what was not asked before does not', async () => {
    const { text, seal } = await room.attempt(message)
    await room.client.call(updateContact, { id: contact, name: 'Priyanka the Second' })
    const again = await room.attempt({ ...message, token: seal })
    expect(text).not.toContain('changed')
    expect(again.text).toMatch(/^What this is about has changed since it was agreed to\. Please look again\.\n\n\w/)
    expect(again.text).toContain('Priyanka the Second')
    expect(await room.attempt({ ...message, token: again.seal })).toMatchObject({ done: true })
  })
})
