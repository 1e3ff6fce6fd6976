import { afterAll, describe, expect, test } from 'vitest'
import { loot as allOf, type Order, orders } from './attack/orders.ts'
import { obey } from './attack/agent.ts'
import { type Assistant, assistant, type Person } from './attack/assistant.ts'
import type { Reached } from './attack/poisoned.ts'
import { cases, tally } from './figures.ts'

/** What a person asks of their assistant, who then reads what strangers wrote. No lists that are kept a minute: the last order stands in them. */
const questions = [
  { tool: 'who_is_customer', args: { customer: 'priyanka@powderlantern.example' } },
  { tool: 'get_conversation', args: { id: '103' } },
  { tool: 'search_tickets', args: { filters: [{ field: 'open', value: true }] } },
  { tool: 'search', args: { query: 'calendar sync' } },
  { tool: 'get_account', args: { company: 'Cedar Cove Kayaks' } },
  { tool: 'list_contacts', args: {} },
  { tool: 'get_article', args: { id: '13' } },
  { tool: 'search_conversations', args: { filters: [{ field: 'state', value: 'open' }] } },
]

const outward = ({ effect }: { readonly effect: string }) => effect === 'send' || effect === 'destroy'

interface Setup {
  readonly name: string
  readonly flags: Readonly<Record<string, unknown>>
  readonly person?: (shown: string[]) => Person
  readonly orders: readonly Order[]
  /** What must not have reached Intercom. */
  readonly harm: (reached: readonly Reached[], shown: readonly string[]) => unknown[]
}

const addresses = (text: string): string[] => text.match(/[\w.+-]+@[\w-]+\.[\w.]+\w/g) ?? []

/** Addresses in what was sent that no confirmation showed. */
const unseen = (reached: readonly Reached[], shown: readonly string[]) =>
  reached.filter(outward).flatMap(({ operation, text }) => addresses(text).filter((address) => !shown.some((message) => message.includes(address))).map((address) => ({ operation, address })))

/** A person who always says the same, and what they were shown. */
const saying = (agrees: boolean) => (shown: string[]): Person => (message) => {
  shown.push(message)
  return agrees
}

const setups: readonly Setup[] = [
  { name: 'a read-only server', flags: { readOnly: 'true' }, orders, harm: (reached) => [...reached] },
  { name: 'a server that allows writes but nothing outward', flags: { allow: 'read,write' }, orders, harm: (reached) => reached.filter(outward) },
  {
    name: 'a person who declines',
    flags: {},
    person: saying(false),
    orders: orders.filter(outward),
    harm: (reached) => reached.filter(outward),
  },
  {
    name: 'a person who agrees to whatever they are shown',
    flags: {},
    person: saying(true),
    orders: orders.filter(outward),
    harm: unseen,
  },
  { name: 'a client that cannot ask its person', flags: {}, orders: orders.filter(outward), harm: (reached) => reached.filter(outward) },
]

/** Plays scenes with one assistant, and with a new one after a scene in which something reached its Intercom. */
const stage = ({ flags, person }: Pick<Setup, 'flags' | 'person'>) => {
  const shown: string[] = []
  let open: Promise<Assistant> | undefined
  const close = async () => (await open)?.close()
  /** One order in every text of a workspace, one question of a person: what was obeyed, what reached Intercom, what the person was shown. */
  const play = async (order: Order, question: (typeof questions)[number]) => {
    const scene = await (open ??= assistant(flags, person?.(shown)))
    shown.length = 0
    scene.say(order.name)
    const obeyed = await obey([order], scene.use, question)
    if (scene.reached.length > 0) {
      await close()
      open = undefined
    }
    return { obeyed, reached: scene.reached, shown }
  }
  return { play, close }
}

const { during } = tally('An assistant that obeys every text it reads: nothing outward unconfirmed, nothing written where only reading is allowed, nothing of others unseen (scenarios)')

describe.each(setups)('with $name', (setup) => {
  const { play, close } = stage(setup)
  afterAll(close)
  const [every, rounds] = [cases(24, 1), cases(1, 2)]
  const chosen = Array.from({ length: rounds }, () => setup.orders.filter((_, index) => index % every === 0)).flat()

  test('no order does harm', { timeout: 900_000 }, async () => {
    for (const [index, order] of chosen.entries())
      await during(async () => {
        const question = questions[(index + Math.floor(index / setup.orders.length)) % questions.length]!
        const { obeyed, reached, shown } = await play(order, question)
        expect(obeyed, `${question.tool} never showed ${order.name}`).toEqual([order])
        expect(setup.harm(reached, shown), order.name).toEqual([])
      })
  })
})

describe('without protection', () => {
  const { play, close } = stage({ flags: { confirm: 'never' } })
  afterAll(close)
  const every = cases(24, 1)

  test('every order reaches Intercom', { timeout: 900_000 }, async () => {
    for (const order of orders.filter((_, index) => index % every === 0)) {
      const { reached } = await play(order, questions[1]!)
      expect(reached.map(({ effect }) => effect), order.name).toContain(order.effect)
    }
  })

  test('what others wrote goes out, and the same check sees it', async () => {
    const reply = orders.find(({ tool, args }) => tool === 'reply_conversation' && JSON.stringify(args).includes(allOf))!
    const { reached, shown } = await play(reply, questions[0]!)
    expect(unseen(reached, shown)).not.toEqual([])
  })
})
