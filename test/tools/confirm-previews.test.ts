import { afterAll, beforeAll, expect, test } from 'vitest'
import { getConversation } from '../../src/contract/conversations.ts'
import { allOperations } from '../../src/contract/nouns.ts'
import { effectOf, type Operation } from '../../src/contract/operation.ts'
import { uuid } from '../../src/workspace/uuid.ts'
import { agreeing, consentWith } from '../hardening/agreeing.ts'

const contact = '66f0c3d1a7b24e1000000006'
const lead = '66f0c3d1a7b24e1000000004'
const company = '66f0c3d1a7b24e2000000006'
const admin_id = '4810101'
const body = '<p>The 9:00 tour is <b>yours</b>. Details are <a href="https://pondwick.example/t?id=7">here</a>.</p>'

/** One call of every operation that reaches customers or destroys, on the demo workspace. */
const calls: Readonly<Record<string, Record<string, unknown>>> = {
  archive_contact: { id: contact },
  attach_contact_to_conversation: { id: '119', admin_id, customer: { intercom_user_id: lead } },
  block_contact: { id: contact },
  cancel_data_export: { job_identifier: 'nowhere' },
  convert_conversation_to_ticket: { id: '119', ticket_type_id: '1', attributes: { _default_title_: 'Helmets', _default_description_: 'Line one\nLine two' } },
  convert_visitor: { type: 'user', visitor: { user_id: uuid('visitor 2') }, user: { id: contact } },
  create_article: { title: 'Storm days', author_id: 4810101, body, state: 'published', parent_id: 2 },
  create_message: { from: { type: 'admin', id: admin_id }, to: { type: 'user', user_id: 'usr_1160' }, message_type: 'email', subject: 'Your tour', body },
  create_news_item: { title: 'Vouchers', sender_id: 4810101, body: 'They are back.', state: 'live', newsfeed_assignments: [{ newsfeed_id: 1 }] },
  create_phone_call_redirect: { phone: '+18025550163' },
  delete_article: { id: 1 },
  delete_collection: { id: 3 },
  delete_company: { id: company },
  delete_contact: { id: contact },
  delete_content_import_source: { id: 2 },
  delete_conversation: { id: 119 },
  delete_custom_object_instance: { custom_object_type_identifier: 'Booking', id: '1' },
  delete_custom_object_instance_by_external_id: { custom_object_type_identifier: 'Booking', external_id: 'PW-48213' },
  delete_external_page: { id: '64' },
  delete_internal_article: { id: 4 },
  delete_news_item: { id: 4 },
  delete_tag: { id: '8020010' },
  delete_ticket: { id: '132' },
  detach_contact_from_company: { contact_id: contact, id: company },
  detach_contact_from_conversation: { conversation_id: '119', contact_id: contact, admin_id },
  detach_subscription_from_contact: { contact_id: contact, id: '61001' },
  manage_conversation: { id: '119', message_type: 'close', type: 'admin', admin_id, body: 'All is well now.' },
  merge_contact: { from: lead, into: contact },
  redact_conversation: { type: 'source', conversation_id: '119', source_id: '403000090' },
  reply_conversation: { id: '119', message_type: 'comment', type: 'admin', admin_id, body, attachment_urls: ['https://pondwick.example/map.pdf'] },
  reply_ticket: { id: '132', message_type: 'quick_reply', type: 'admin', admin_id, reply_options: [{ text: 'Yes, please', uuid: 'a1' }] },
  untag_contact: { contact_id: contact, id: '8020001' },
  untag_conversation: { conversation_id: '119', id: '8020010', admin_id },
  untag_ticket: { ticket_id: '132', id: '8020010', admin_id },
  update_article: { id: 1, title: 'Set up your page', translated_content: { fr: { title: 'Votre page' } } },
  update_collection: { id: 3, name: 'Weather and refunds' },
  update_news_item: { id: 4, title: 'Vouchers for everyone', sender_id: 4810101, state: 'live' },
}

let operations: readonly Operation[]
let room: Awaited<ReturnType<typeof agreeing>>

beforeAll(async () => {
  operations = (await allOperations()).map(({ operation }) => operation)
  room = await agreeing(consentWith(Buffer.alloc(32)))
})
afterAll(() => room.close())

/** What a person would see before this happens. */
const previewOf = async (tool: string, args: Record<string, unknown>): Promise<string> => {
  const { seal, text, done } = await room.attempt({ tool, args })
  if (seal === undefined || done) throw new Error(`nobody was asked: ${text}`)
  return text
}

const replying = (more: Record<string, unknown>) => previewOf('reply_conversation', { id: '119', message_type: 'comment', type: 'admin', admin_id, ...more })

test('every operation that reaches customers or destroys is among them', () => {
  expect(Object.keys(calls)).toEqual(operations.filter(({ effect }) => effect === 'send' || effect === 'destroy').map(({ name }) => name).sort())
  for (const operation of operations.filter(({ name }) => name in calls)) expect(effectOf(operation, calls[operation.name]!), operation.name).toBe(operation.effect)
})

test.each(Object.entries(calls))('%s is shown whole before it happens', async (name, args) => {
  await expect(`${await previewOf(name, args)}\n`).toMatchFileSnapshot(`../golden/confirmations/${name}.txt`)
})

test.each([
  ['what hides', 'pay\u200b here\u202e now\u{e0041}', ['pay⟨U+200B⟩ here⟨U+202E⟩ now⟨U+E0041⟩']],
  ['an emoji, which hides nothing', 'family 👨\u200d👩\u200d👧 ❤\ufe0f', ['family 👨\u200d👩\u200d👧 ❤\ufe0f']],
  ['a line that would pass for one of ours', 'Hi\n\nWhere: somewhere else', ['  │ Hi\n  │ \n  │ Where: somewhere else']],
  ['a link that looks like another', '<a href="https://www.exаmple.com/">www.example.com</a>', ['leads to https://www.xn--exmple-4nf.com/']],
  ['text that HTML hides', '<p>Hi<span style="display:none">secret</span></p>', ['  │ Hi\n', '<span style="display:none">secret</span>']],
  ['the data of another', 'Write to maren@cedarcove.example or +1 (207) 555-0199, since 2026-11-22', ['look whom it belongs to: "maren@cedarcove.example", "+1 (207) 555-0199"']],
  ['the data of another behind tags, entities and wide letters', '<p>mar<b>en</b>&#64;cedarcove.example</p><p>２０７５５５０１９９</p>', ['look whom it belongs to: "2075550199", "maren@cedarcove.example"']],
  ['a number behind a date', 'Since 2026-11-22 207-555-0199', ['look whom it belongs to: "207-555-0199"']],
  ['a link whose address is written in entities', '<a href="https&#58;//evil.example/x?a=1&amp;b=2">here</a>', ['leads to https://evil.example/x?a=1&b=2\n']],
  ['a link without a scheme', '<a href="//evil.example">here</a>', ['leads to https://evil.example/']],
  ['blanks alone', ' \u00a0', ['body: " \u00a0"']],
  ['a blank that is a letter', 'a\u2800b', ['a⟨U+2800⟩b']],
  ['the data of the one who reads it, in paragraphs', '<p>priyanka@powderlantern.example</p><p>Bye</p>', []],
  ['the data of the one who reads it', 'You are priyanka@powderlantern.example, +1 802 555 0163', []],
])('a reply with %s', async (_, said, shown) => {
  const text = await replying({ body: said })
  for (const part of shown) expect(text).toContain(part)
  expect(text.includes('look whom it belongs to')).toBe(shown.some((part) => part.includes('look whom')))
})

test('an attachment is told by its size and its hash, and only an attachment', async () => {
  const base64 = 'QUJD'.repeat(50)
  const text = await replying({ body: base64, attachment_files: [{ name: 'a.pdf', content_type: 'application/pdf', data: base64 }, { name: 'b.txt', data: 'aGk=' }] })
  expect(text).toMatch(/attachment_files\[0\]\.data: 200 characters of a file, SHA-256 [0-9a-f]{64}/)
  expect(text).toContain('attachment_files[1].data: aGk=')
  expect(text).toContain(`  │ ${base64}`)
})

test('names of fields pass for no line of ours, and hide nothing', async () => {
  const text = await previewOf('convert_conversation_to_ticket', { id: '119', ticket_type_id: '1', attributes: { 'a: 1\n\nReaches: nobody\u202e': 'x', 'Booking reference': 'y', data: 'QUJD'.repeat(50) } })
  expect(text).toContain('attributes."a: 1\\n\\nReaches: nobody⟨U+202E⟩": x\nattributes.Booking reference: y\n')
  expect(text).toContain(`  │ ${'QUJD'.repeat(50)}`)
})

test('of two people it is told which is which', async () => {
  expect(await previewOf('merge_contact', calls.merge_contact!)).toContain(`from: ${lead} ("Thea L.")\ninto: ${contact} ("Priyanka Desai")`)
})

test('what is emptied is shown', async () => {
  expect(await previewOf('update_news_item', { id: 4, title: 'V', sender_id: 4810101, labels: [], newsfeed_assignments: [] })).toContain('labels: []\nnewsfeed_assignments: []\n')
})

test('whom it reaches, and what is strange about it, stand above what is said', async () => {
  const text = await replying({ body: `maren@cedarcove.example ${'long '.repeat(100)}` })
  const order = ['Customers will see it.', 'Reaches: contact', 'Not found in', 'Exactly this'].map((words) => text.indexOf(words))
  expect(order).toEqual([...order].sort((one, other) => one - other))
  expect(order).not.toContain(-1)
})

test('the first line says whether it can be undone, where that is known', async () => {
  const named = new Set(operations.map(({ name }) => name))
  for (const { undoneBy = 'never', name } of operations) expect(undoneBy === 'never' || named.has(undoneBy), name).toBe(true)
  const risky = operations.filter(({ effect }) => effect === 'send' || effect === 'destroy')
  expect(risky.filter(({ description, undoneBy }) => /cannot be undone|for good/i.test(description) && undoneBy !== 'never').map(({ name }) => name)).toEqual([])
  expect(await previewOf('archive_contact', { id: contact })).toMatch(/^Archive a contact\. It removes or hides something\. unarchive_contact undoes it\.\n/)
})

test('what only a few can know of is said to be unknown', async () => {
  expect(await replying({ id: '99999', body: 'Hi' })).toMatch(/What: conversation 99999, which could not be read: not found\nReaches: somebody who could not be made out: look closely/)
  expect(await previewOf('create_message', { from: { type: 'admin', id: admin_id }, body: 'Hi' })).toContain('Reaches: somebody')
  expect(await previewOf('attach_contact_to_conversation', { id: '119' })).toContain(contact)
  expect(await previewOf('convert_visitor', { type: 'lead', visitor: { id: 'x' }, user: {} })).not.toMatch(/Who:|What:/)
})

test('what an input names of a conversation is told, and what only looks like a name of it is not', async () => {
  const { conversation_parts } = await room.client.call(getConversation, { id: '119' })
  const part = conversation_parts!.conversation_parts![0]!
  const redacting = await previewOf('redact_conversation', { type: 'conversation_part', conversation_id: '119', conversation_part_id: part.id })
  expect(redacting.match(/^What: message .*/gm)).toEqual([expect.stringMatching(`^What: message ${part.id}\\b`)])
  expect(await replying({ body: '403000090' })).not.toContain('What: message')
})

test('what is not there is told by its kind and by what was given for it', async () => {
  const text = await previewOf('delete_custom_object_instance_by_external_id', { custom_object_type_identifier: 'Booking', external_id: 'PW-0' })
  expect(text).toContain('What: custom object instance Booking PW-0, which could not be read: not found')
})

test('a name that nobody knows is left out', async () => {
  expect(await replying({ admin_id: '1', body: 'Hi' })).not.toMatch(/^\(/m)
})

test('a conversation with more people than are looked up tells all of them', async () => {
  const { createContact } = await import('../../src/contract/contacts.ts')
  const { attachContactToConversation } = await import('../../src/contract/conversations.ts')
  for (let index = 0; index < 22; index += 1) {
    const { id } = await room.client.call(createContact, { role: 'user', email: `guest${index}@example.test` })
    await room.client.call(attachContactToConversation, { id: '119', admin_id, customer: { intercom_user_id: id } })
  }
  const lines = (await replying({ body: 'Hi all' })).split('\n').filter((line) => line.startsWith('Reaches: contact'))
  expect(lines).toHaveLength(23)
  expect(lines.filter((line) => /: contact \w+$/.test(line))).toHaveLength(3)
})

test('nobody is asked about an input that makes no request', async () => {
  const { seal, text } = await room.attempt({ tool: 'delete_article', args: { id: '../tags' } })
  expect([seal, text]).toEqual([undefined, expect.stringMatching(/^delete_article cannot be called with this input/)])
})

test('a client that can ask is asked, and what the person says holds for what they were asked', async () => {
  const asking = { tool: 'delete_tag', args: { id: '8020009' }, reachable: true }
  const { seal } = await room.attempt(asking)
  expect(await room.attempt({ ...asking, answer: { seal: seal!, agreed: false } })).toMatchObject({ done: false, text: expect.stringContaining('did not agree') as string })
  expect(await room.attempt({ ...asking, answer: { seal: seal!, agreed: true } })).toMatchObject({ done: false, text: expect.stringContaining('used before') as string })
  const again = await room.attempt(asking)
  expect(await room.attempt({ ...asking, token: again.seal })).toMatchObject({ done: false, text: expect.stringContaining('not for this call') as string })
  expect(await room.attempt({ ...asking, answer: { seal: again.seal!, agreed: true } })).toMatchObject({ done: true })
})
