import { expect, test } from 'vitest'
import { rephrased } from '../../src/client/rephrased.ts'
import { getContact, listContacts } from '../../src/contract/contacts.ts'
import { connect, errorList, failureOf, serve } from './servers.ts'

/** Names what it is given, part by part. */
const loudly = <T>(words: T): T => JSON.parse(JSON.stringify(words).toUpperCase().replace('"MESSAGE"', '"message"')) as T

test('failures repeat what Intercom said in other words, by every way to call', async () => {
  const { baseUrl } = await serve(() => ({ status: 400, body: errorList('bad', 'ada') }))
  const client = rephrased(connect(baseUrl), loudly)
  const calls = [() => client.call(getContact, { id: '5' }), () => client.collect(listContacts, {}), () => client.for({ principal: 'p' }).call(getContact, { id: '5' })]
  for (const call of calls) expect(await failureOf(call())).toMatchObject({ code: 'rejected', upstream: { message: 'ADA' }, advice: expect.stringContaining('"ADA"') as string })
})

test('what Intercom did not say stays as it is', async () => {
  const { baseUrl } = await serve(() => ({ body: { type: 'contact', id: 'ada' } }))
  const random = () => {
    throw new Error('no entropy')
  }
  expect(await rephrased(connect(baseUrl), loudly).call(getContact, { id: 'ada' })).toEqual({ type: 'contact', id: 'ada' })
  expect(await failureOf(rephrased(connect(baseUrl), loudly).call(getContact, { id: '..' }))).toMatchObject({ code: 'invalid_input' })
  await expect(rephrased(connect('http://127.0.0.1:9', { random }), loudly).call(getContact, { id: '5' })).rejects.toThrow('no entropy')
})
