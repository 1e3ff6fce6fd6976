import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedIn } from '../../src/tools/confirm/folder.ts'
import { type Spent, spentInMemory } from '../../src/tools/confirm/spent.ts'
import { listen, type Listening } from '../../src/workspace/listen.ts'
import { openWorkspace, type Workspace } from '../../src/workspace/workspace.ts'
import { calling, connects, tokenIn } from '../tools/confirming.ts'
import { agreeing, type Attempt, began, type Consent, consentWith } from './agreeing.ts'
import { cases, tally } from './figures.ts'

const key = Buffer.alloc(32, 9)
const message: Attempt = { tool: 'create_message', args: { from: { type: 'admin', id: '4810101' }, to: { type: 'user', id: '66f0c3d1a7b24e1000000006' }, body: 'Hello', message_type: 'inapp' } }

let folder: string
let room: Awaited<ReturnType<typeof agreeing>>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'consent-'))
  room = await agreeing(consentWith(key))
})
afterAll(async () => {
  await room.close()
  rmSync(folder, { recursive: true })
})

/** How often one confirmation was taken by those who all use it at once. */
const race = async (runners: readonly Consent[]): Promise<number> => {
  const { seal } = await room.attempt({ ...message, consent: runners[0] })
  const before = room.done()
  await Promise.all(runners.map((consent) => room.attempt({ ...message, token: seal, consent })))
  return room.done() - before
}

/** Several runners for each way to keep what was used. */
const runners: Readonly<Record<string, () => Promise<Consent[]>>> = {
  'in one process': async () => Array<Consent>(8).fill(consentWith(key)),
  'by two that share a folder': async () => {
    const both = await Promise.all([folder, folder].map((each) => sharedIn(each, () => began)))
    return both.flatMap((shared) => Array<Consent>(4).fill(consentWith(shared.key, { spent: shared.spent })))
  },
}

describe.each(Object.keys(runners))('one confirmation used many times at once, %s', (how) => {
  const figure = tally(`One confirmation used many times at once, ${how}, is taken once`)

  test('is taken once', async () => {
    for (let index = 0; index < cases(20, 1_000); index += 1) await figure.during(async () => expect(await race(await runners[how]!())).toBe(1))
  }, 600_000)
})

test('the broken twins: a look before the use, and two memories for one key, let it through twice', async () => {
  const used = new Set<string>()
  const careless: Spent = {
    spend: async (id) => {
      const first = !used.has(id)
      await new Promise(setImmediate)
      used.add(id)
      return first
    },
  }
  expect(await race(Array<Consent>(8).fill(consentWith(key, { spent: careless })))).toBeGreaterThan(1)
  expect(await race([consentWith(key, { spent: spentInMemory(() => began) }), consentWith(key, { spent: spentInMemory(() => began) })])).toBe(2)
})

describe('two programs that share a state folder', () => {
  const figure = tally('One confirmation used at once in two processes that share a state folder is taken once')
  let workspace: Workspace
  let served: Listening
  let calls: ReturnType<typeof calling>[]
  const closing: (() => Promise<void>)[] = []

  const start = async (stateDir: string) => {
    const env = { INTERCOM_BASE_URL: served.url, INTERCOM_ACCESS_TOKEN: workspace.token }
    const client = await connects['SDK v2 speaking 2026-07-28']!({ args: ['--toolsets', 'all', '--state-dir', stateDir], env })
    closing.push(() => client.close())
    return calling(client)
  }

  beforeAll(async () => {
    workspace = openWorkspace({ now: Date.now, random: Math.random, rateLimit: 1e9 })
    served = await listen(workspace.fetch)
    calls = await Promise.all([start(join(folder, 'shared')), start(join(folder, 'shared'))])
  })
  afterAll(async () => {
    await Promise.all(closing.map((close) => close()))
    await served.close()
    workspace.close()
  })

  test('take it once, whichever asked', async () => {
    for (let index = 0; index < cases(5, 200); index += 1)
      await figure.during(async () => {
        const token = tokenIn(await calls[index % 2]!(message.tool, message.args))
        const answers = await Promise.all([0, 1, 0, 1].map((at) => calls[at]!(message.tool, { ...message.args, confirm_token: token })))
        expect(answers.filter(({ isError }) => !isError)).toHaveLength(1)
        expect(answers.filter(({ text }) => text.includes('used before'))).toHaveLength(3)
      })
  }, 600_000)

  test('the broken twin: with folders of their own neither takes what the other gave', async () => {
    const [one, other] = await Promise.all([start(join(folder, 'one')), start(join(folder, 'other'))])
    const token = tokenIn(await one(message.tool, message.args))
    expect(await other(message.tool, { ...message.args, confirm_token: token })).toMatchObject({ isError: true, text: expect.stringContaining('not for this call') as string })
    expect(await one(message.tool, { ...message.args, confirm_token: token })).toMatchObject({ isError: false })
  })
})
