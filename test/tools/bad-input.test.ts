import { afterAll, beforeAll, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { sample } from '../contract/generate.ts'
import { incomplete, wrongTypes } from '../workspace/misshapen.ts'
import { open, type Session } from './session.ts'

const operations = (await allOperations()).map(({ operation }) => operation)

let session: Session
beforeAll(async () => {
  session = await open(['--toolsets', 'all'])
})
afterAll(() => session.close())

/** What the tool says is wrong; it must say so of the field. */
const expectRefusal = async (name: string, input: Record<string, unknown>, field: string): Promise<void> => {
  const { isError, text } = await session.call(name, input)
  expect(isError, `${name} took ${JSON.stringify(input)}: ${text}`).toBe(true)
  expect(text).toContain(field)
}

test.each(operations)('$name refuses a key it does not know, a value of the wrong type, and to go without what is required', async (operation) => {
  await expectRefusal(operation.name, { ...sample(operation), no_such_key: 1 }, 'no_such_key')
  for (const { what, input } of [...wrongTypes(operation), ...incomplete(operation).filter(({ what: lack }) => !(operation.search && lack === 'no query'))]) // filters may stand for a query
    await expectRefusal(operation.name, input, /^no (.+)$|^([^. ]+)/.exec(what)!.slice(1).find(Boolean)!)
})
