import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { published } from '../../src/tools/published.ts'
import { isOperationTool } from '../../src/tools/tool.ts'
import { listed } from '../../src/tools/toolsets.ts'
import type { Session } from '../tools/session.ts'
import { type Asking, asking } from '../workspace/asking.ts'
import { type Served, served } from '../workspace/served.ts'
import { openServer, ours, raw, tokens } from './agents.ts'
import { type Outcome, page } from './page.ts'
import type { Task } from './task.ts'
import { companies } from './tasks/companies.ts'
import { conversations } from './tasks/conversations.ts'
import { customers } from './tasks/customers.ts'
import { inbox } from './tasks/inbox.ts'
import { profiles } from './tasks/profiles.ts'
import { steps } from './tasks/steps.ts'
import { tickets } from './tasks/tickets.ts'
import { workspace } from './tasks/workspace.ts'
import { writes } from './tasks/writes.ts'

const areas = { customers, profiles, conversations, inbox, tickets, companies, workspace, steps, writes }
const all = Object.values(areas).flat()

/** Each way has a workspace of its own, laid alike; its clock stands still, and so would its rate windows. */
const laid = { rateLimit: 1_000_000 }

let room: Served
let bare: Asking
let session: Session
beforeAll(async () => {
  bare = asking(laid)
  room = await served(laid)
  session = await openServer(room.server.url, room.workspace.token)
})
afterAll(async () => {
  await session.close()
  await room.stop()
  bare.workspace.close()
})

const outcomes: Outcome[] = []

describe.each(Object.entries(areas))('%s', (area, tasks) => {
  test.each(tasks.map((task): [string, Task] => [task.question, task]))('%s', async (_, task) => {
    const [mine, theirs] = [ours(session), raw(bare)]
    expect(await task.ours(mine.call), 'with our tools').toEqual(task.answer)
    expect(await task.raw(theirs.call), 'with raw operations').toEqual(task.answer)
    outcomes.push({ area, question: task.question, answer: task.answer, forms: [...mine.forms], ours: mine.cost, raw: theirs.cost })
  })
})

test('there are tasks enough, and half of them are answered from either form alone', () => {
  const alone = (form: string) => outcomes.filter(({ forms }) => forms.join() === form).length
  expect(all.length).toBeGreaterThanOrEqual(60)
  expect(new Set(all.map(({ question }) => question)).size).toBe(all.length)
  expect(alone('text')).toBeGreaterThanOrEqual(all.length * 0.45)
  expect(alone('data')).toBeGreaterThanOrEqual(all.length * 0.45)
})

test('docs/evidence.md shows what they cost', async () => {
  expect(outcomes.length, 'tasks answered; a page without some must not be written').toBe(all.length)
  const tools = await published()
  const size = (list: typeof tools) => tokens({ tools: list.map(({ tool }) => tool) })
  const lists = { ours: size(listed(tools, ['default'])), raw: size(tools.filter(isOperationTool)) }
  await expect(page(outcomes, lists)).toMatchFileSnapshot('../../docs/evidence.md')
})
