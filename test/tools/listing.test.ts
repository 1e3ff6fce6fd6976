import { afterEach, expect, test } from 'vitest'
import { allOperations } from '../../src/contract/nouns.ts'
import { open, type Session } from './session.ts'

let session: Session | undefined
afterEach(() => session?.close())

const names = async (...args: string[]): Promise<string[]> => {
  session = await open(args)
  return (await session.client.listTools()).tools.map(({ name }) => name)
}

test('by default what most conversations need, in a fixed order', async () => {
  const list = await names()
  expect(list).toContain('search_contacts')
  expect(list).not.toContain('delete_contact')
  expect(list.length).toBeLessThanOrEqual(20)
})

test('one area, or all of them', async () => {
  expect(await names('--toolsets', 'ticket-types,ticket-states')).toEqual(['list_ticket_states', 'create_ticket_type', 'get_ticket_type', 'list_ticket_types', 'update_ticket_type'])
  await session!.close()
  const whole = ['who_is_customer', 'get_account', 'describe_workspace', 'search', 'fetch']
  expect((await names('--toolsets', 'all')).sort()).toEqual([...whole, ...(await allOperations()).map(({ operation }) => operation.name)].sort())
})

test('read-only lists no tool that changes anything, and calls none', async () => {
  const list = await names('--read-only', '--toolsets', 'all')
  expect(list).not.toContain('create_ticket')
  expect(list).toContain('search_tickets')
  expect(await session!.call('create_contact', { email: 'x@example.test' })).toMatchObject({ isError: true, text: expect.stringMatching(/read-only/) })
})

test('a tool that is off, or misspelt, is answered with the way to it', async () => {
  session = await open(['--toolsets', 'tickets'])
  expect(await session.call('delete_contact', { id: '1' })).toMatchObject({ isError: true, text: expect.stringContaining('--toolsets contacts') })
  expect(await session.call('who_is_customer')).toMatchObject({ isError: true, text: expect.stringContaining('--toolsets overview') })
  expect(await session.call('serach_tickets')).toMatchObject({ isError: true, text: expect.stringContaining('Did you mean "search_tickets"') })
})

test('what only reads can be called although it is not listed, where the finder is; what changes things has to be called by its executor', async () => {
  session = await open()
  expect(await session.call('list_tags')).toMatchObject({ isError: false })
  expect(await session.call('create_tag', { name: 'x' })).toMatchObject({ isError: true, text: expect.stringContaining('call_write_operation') })
})
