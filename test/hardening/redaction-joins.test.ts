import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Program } from '../cli/program.ts'
import { open, type Session, unmarked } from '../tools/session.ts'
import { tally } from './figures.ts'

const token = 'redaction-test-token'
const everything = ['--toolsets', 'all,finder', '--confirm', 'never']
const redacting = [...everything, '--redact', 'emails,phones,names,bodies']

/** A customer of the demo, whom one can only find by what stands in their own data. */
const maren = { id: '66f0c3d1a7b24e1000000001', email: 'maren@cedarcove.example', phone: '+12075550142', name: 'Maren Okafor' }

let workspace: Program
let env: Record<string, string>
let plain: Session
let session: Session

beforeAll(async () => {
  workspace = new Program(['workspace', '--port', '0', '--token', token])
  env = { INTERCOM_BASE_URL: await workspace.said(/workspace at (\S+)/), INTERCOM_ACCESS_TOKEN: token }
  ;[plain, session] = await Promise.all([open(everything, env), open(redacting, env)])
})
afterAll(async () => {
  await Promise.all([plain.close(), session.close()])
  workspace.child.kill()
  await workspace.ended()
})

type Contact = Readonly<Record<'id' | 'name' | 'email' | 'phone', string>>
const contactIn = async (reader: Session, id = maren.id): Promise<Contact> => (await reader.call('get_contact', { id })).structured!.contact as Contact

test('a customer reads so', async () => {
  const fresh = await open(redacting, env)
  const { text, structured } = unmarked(await fresh.call('who_is_customer', { customer: maren.email, sections: ['conversations', 'tickets', 'companies', 'tags'] }))
  await fresh.close()
  const whole = `${text}\n\n${JSON.stringify(structured, undefined, 2)}\n`
  await expect(whole.replace(/\d{4}-\d\d-\d\d(T\d\d:\d\dZ)?/g, '(date)')).toMatchFileSnapshot('../golden/redacted-customer.txt')
})

const same = tally('A customer has the same pseudonyms in every tool, process and transport of a workspace')

describe('pseudonyms are the same', () => {
  test('in every tool and every form', async () => {
    const { email, phone, name } = await contactIn(session)
    const texts = await Promise.all([
      session.call('who_is_customer', { customer: maren.id }),
      session.call('search_contacts', { query: { field: 'id', operator: '=', value: maren.id } }),
      session.call('fetch', { id: `contact:${maren.id}` }),
      session.call('call_read_operation', { operation: 'get_contact', input: { id: maren.id } }),
      session.client.readResource({ uri: `intercom://contacts/${maren.id}` }),
    ])
    for (const text of texts.map((answer) => JSON.stringify(answer))) for (const pseudonym of [email, phone, name]) await same.during(() => expect(text).toContain(pseudonym))
  })

  test('in another process, and over HTTP', async () => {
    const other = await open(redacting, env)
    const server = new Program(['http', '--port', '0', ...redacting], env)
    const client = new Client({ name: 'test', version: '1.0.0' })
    await client.connect(new StreamableHTTPClientTransport(new URL(await server.said(/serving MCP at (\S+)/))))
    const overHttp = (await client.callTool({ name: 'get_contact', arguments: { id: maren.id } })).structuredContent as { contact: Contact }
    const known = await contactIn(session)
    for (const contact of [await contactIn(other), overHttp.contact]) await same.during(() => expect(contact).toEqual(known))
    await Promise.all([other.close(), client.close()])
    server.child.kill()
    await server.ended()
  })

  test('for one person, and others for others', async () => {
    const { structured } = await session.call('search_contacts', { query: { field: 'role', operator: '=', value: 'user' }, pagination: { per_page: 150 } })
    const { structured: seen } = await plain.call('search_contacts', { query: { field: 'role', operator: '=', value: 'user' }, pagination: { per_page: 150 } })
    const pairs = (structured!.contacts as Contact[]).flatMap(({ email }, index) => (email ? [[email, (seen!.contacts as Contact[])[index]!.email.toLowerCase()] as const] : []))
    expect(new Set(pairs.map(([pseudonym]) => pseudonym)).size).toBe(new Set(pairs.map(([, email]) => email)).size)
    expect(pairs.length).toBeGreaterThan(50)
    same.held(pairs.length)
  })
})

describe('another secret makes other pseudonyms', () => {
  test('of another token', async () => {
    const other = new Program(['workspace', '--port', '0', '--token', 'another-token'])
    const elsewhere = await open(redacting, { INTERCOM_BASE_URL: await other.said(/workspace at (\S+)/), INTERCOM_ACCESS_TOKEN: 'another-token' })
    const [here, there] = await Promise.all([contactIn(session), contactIn(elsewhere)])
    for (const key of ['email', 'phone', 'name'] as const) expect(there[key]).not.toBe(here[key])
    await elsewhere.close()
    other.child.kill()
    await other.ended()
  })

  test('unless a folder keeps one: it outlives the token', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'redaction-'))
    const read = async () => {
      const simulated = await open([...redacting, '--state-dir', folder])
      const contact = await contactIn(simulated)
      await simulated.close()
      return contact
    }
    expect(await read()).toEqual(await read())
  })
})

const acted = tally('What is asked with pseudonyms reaches Intercom with values, and is answered as if it were asked with them')

describe('pseudonyms do for values', () => {
  test.each(['email', 'phone', 'name'] as const)('who_is_customer finds by %s', async (key) => {
    const pseudonym = (await contactIn(session))[key]
    const [byPseudonym, byValue] = await Promise.all([session.call('who_is_customer', { customer: pseudonym }), session.call('who_is_customer', { customer: maren[key] })])
    await acted.during(() => expect(byPseudonym.structured).toMatchObject({ customer: { id: maren.id, [key]: pseudonym } }))
    await acted.during(() => expect(unmarked(byPseudonym)).toEqual(unmarked(byValue)))
  })

  test.each(['email', 'phone', 'name'] as const)('a search finds by %s, in JSON text too', async (field) => {
    const value = (await contactIn(session))[field]
    for (const query of [{ field, operator: '=', value }, JSON.stringify({ field, operator: '=', value })]) {
      const { structured } = await session.call('search_contacts', { query })
      await acted.during(() => expect((structured!.contacts as Contact[]).map(({ id }) => id)).toContain(maren.id))
    }
  })

  test('a note reaches the workspace with values', async () => {
    const { name, email, phone } = await contactIn(session)
    const written = await session.call('create_note', { contact_id: maren.id, body: `Spoke to ${name}, who asks for mail to ${email.toUpperCase()} and calls at ${phone}.` })
    expect(written.isError).toBe(false)
    const { structured } = await plain.call('list_contact_notes', { contact_id: maren.id })
    await acted.during(() => expect(JSON.stringify(structured)).toMatch(/Spoke to Maren Okafor, who asks for mail to maren@cedarcove\.example and calls at \+1 ?207/))
    expect(JSON.stringify(written)).not.toMatch(/Maren|cedarcove\.example|Okafor/)
  })

  test('a reply reaches the customer with values', async () => {
    const { structured } = await plain.call('who_is_customer', { customer: maren.id, sections: ['conversations'] })
    const [{ id }] = (structured!.customer as { conversations: [{ id: string }] }).conversations
    const admin = ((await plain.call('list_admins', {})).structured!.admins as { id: string }[])[0]!.id
    const { name } = await contactIn(session)
    const written = await session.call('reply_conversation', { id, message_type: 'comment', type: 'admin', admin_id: admin, body: `Hi ${name}, it is done.` })
    expect(written.text).not.toMatch(/Maren|it is done/)
    await acted.during(async () => expect((await plain.call('get_conversation', { id })).text).toContain('Hi Maren Okafor, it is done.'))
  })

  test('a resource is read, a prompt filled and a value completed', async () => {
    const { email } = await contactIn(session)
    const uri = `intercom://contacts/external/${encodeURIComponent('usr_1042')}`
    expect(JSON.stringify(await session.client.readResource({ uri }))).toContain(email)
    const prompts = (await session.client.listPrompts()).prompts.filter(({ arguments: taken = [] }) => taken.some(({ name }) => name === 'customer'))
    for (const { name, arguments: taken = [] } of prompts) {
      const given = (customer: string) => Object.fromEntries(taken.map((each) => [each.name, each.name === 'customer' ? customer : '7']))
      const texts = await Promise.all([maren.email, email].map(async (customer) => JSON.stringify(await session.client.getPrompt({ name, arguments: given(customer) }))))
      await acted.during(() => expect(texts[0]).toBe(texts[1]))
      await acted.during(() => expect(texts[0]).toContain(email))
    }
    const { completion } = await session.client.complete({ ref: { type: 'ref/prompt', name: prompts[0]!.name }, argument: { name: 'customer', value: 'maren' } })
    expect(completion.values).toContain(email)
  })
})

describe('what cannot be turned back', () => {
  test.each(['e-2aaaaaaaaa@redacted.invalid', 'phone-2aaaaaaaaa', 'Person-2aaaaaaaaa'])('%s is unknown, and says what to do', async (pseudonym) => {
    for (const [name, args] of [['who_is_customer', { customer: pseudonym }], ['update_contact', { id: maren.id, name: `To ${pseudonym}` }]] as const) {
      const { isError, text } = await session.call(name, args)
      expect({ isError, text }).toEqual({ isError: true, text: `${pseudonym} stands for a value that this server does not know, or no longer. Look the customer up again, by id, and use what that answers.` })
    }
    expect((await contactIn(plain)).name).toBe(maren.name)
  })

  test('a text: nobody sends what they never saw', async () => {
    const [text = ''] = /\[text [^\]]+\]/.exec((await session.call('list_contact_notes', { contact_id: maren.id })).text) ?? []
    const { isError, text: said } = await session.call('create_note', { contact_id: maren.id, body: `As told: ${text}` })
    expect({ isError, said }).toMatchObject({ isError: true, said: expect.stringContaining('cannot be passed on') as string })
  })

  test('words that look like one are words', async () => {
    expect((await session.call('create_note', { contact_id: maren.id, body: 'phone-interviews and person-management' })).isError).toBe(false)
    expect((await plain.call('list_contact_notes', { contact_id: maren.id })).text).toContain('phone-interviews and person-management')
  })

  test('no part of a value is told, wherever a request is cut', async () => {
    const { email } = await contactIn(session)
    for (let before = 85; before < 100; before++) {
      const { text } = await session.call('fetch', { id: 'x'.repeat(before) + ` ${email}` })
      expect(text).not.toMatch(/mare|cedar/i)
    }
  })
})

test('a file of messages is not downloaded', async () => {
  const { isError, text } = await session.call('download_data_export', { job_identifier: 'any' })
  expect({ isError, text }).toMatchObject({ isError: true, text: expect.stringContaining('redacts what it shows') as string })
})

test('headers ask for more, never for less', async () => {
  const server = new Program(['http', '--port', '0', '--confirm', 'never', '--redact', 'emails'], env)
  const url = new URL(await server.said(/serving MCP at (\S+)/))
  const read = async (headers: Record<string, string>) => {
    const client = new Client({ name: 'test', version: '1.0.0' })
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }))
    const { structuredContent } = await client.callTool({ name: 'get_contact', arguments: { id: maren.id } })
    await client.close()
    return (structuredContent as { contact: Contact }).contact
  }
  const known = await contactIn(session)
  expect(await read({})).toMatchObject({ email: known.email, name: maren.name })
  expect(await read({ 'x-mcp-redact': 'names' })).toMatchObject({ email: known.email, name: known.name })
  await expect(read({ 'x-mcp-redact': 'mails' })).rejects.toThrow(/emails/)
  server.child.kill()
  await server.ended()
})
