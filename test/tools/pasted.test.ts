import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digitsOf, readPasted } from '../../src/tools/pasted/pasted.ts'

/** Readings as `sense value`, for short tables. */
const read = (pasted: string): string[] => readPasted(pasted).readings.map(({ as, value }) => `${as} ${value}`)
const hex = '64b0c1d2e3f4a5b6c7d8e9f0'
const uuid = '3f2b8a10-9c7d-4e6f-8a1b-0c2d3e4f5a6b'

describe('a link', () => {
  test.each([
    [`https://app.intercom.com/a/apps/abc123/users/${hex}/all-conversations`, 'us', [`contact ${hex}`]],
    [`https://app.eu.intercom.com/apps/abc123/users/${hex}`, 'eu', [`contact ${hex}`]],
    [`app.au.intercom.com/a/apps/abc123/companies/${hex}/overview?tab=1`, 'au', [`company ${hex}`]],
    ['https://app.intercom.io/a/apps/abc123/inbox/inbox/all/conversations/42', 'us', ['conversation 42', 'ticket 42']],
    ['<https://app.intercom.com/a/inbox/abc123/inbox/shared/all/conversation/42#part_id=comment-42-7>', 'us', ['conversation 42', 'ticket 42']],
    ['https://app.intercom.com/a/inbox/abc123/inbox/team/9/conversation/42?view=List,', 'us', ['conversation 42', 'ticket 42']],
    ['https://app.intercom.com/a/apps/abc123/tickets/42', 'us', ['ticket 42']],
    ['https://app.intercom.io/apps/abc123/users/show?email=ada%2Bnews@example.com', 'us', ['email ada+news@example.com']],
    ['https://app.intercom.io/apps/abc123/users/show?user_id=u-7', 'us', ['external_id u-7']],
    ['https://app.eu.intercom.com/a/apps/abc123/users/segments/active', 'eu', []],
    [`https://app.intercom.com/a/apps/abc123/people/${hex}?tab=notes`, 'us', [`contact ${hex}`]],
    [`https://api.eu.intercom.io/contacts/${hex}`, 'eu', [`contact ${hex}`]],
    ['[Double booking](https://app.intercom.com/a/inbox/abc123/inbox/conversation/42)', 'us', ['conversation 42', 'ticket 42']],
    ['Please look at app.intercom.com/a/inbox/abc123/inbox/conversation/42, thanks', 'us', ['conversation 42', 'ticket 42']],
  ])('%s', (link, region, readings) => {
    expect({ region: readPasted(link).region, readings: read(link) }).toEqual({ region, readings })
  })

  test('to anywhere else is no link of Intercom', () => {
    expect(readPasted(`https://app.intercom.com.example.org/apps/a/users/${hex}`)).not.toHaveProperty('region')
    expect(read(`https://example.com/users/${hex}`)).not.toContain(`contact ${hex}`)
  })
})

test.each([
  [`intercom://contacts/${hex}`, [`contact ${hex}`]],
  ['intercom://contacts/external/u%207', ['external_id u 7']],
  [`intercom://companies/${hex}`, [`company ${hex}`]],
  ['intercom://conversations/42', ['conversation 42']],
  ['intercom://tickets/42', ['ticket 42']],
  [`contact:${hex}`, [`contact ${hex}`, `external_id ${hex}`]],
  ['conversation:42', ['conversation 42']],
  ['ticket:42', ['ticket 42', 'ticket_number 42']],
  [`company:${hex}`, [`company ${hex}`, `company_id ${hex}`]],
  ['Conversation #42.', ['conversation 42']],
  ['ticket 42', ['ticket 42', 'ticket_number 42']],
  ['user: ada@example.com', ['email ada@example.com', 'external_id ada@example.com']],
  ['company: Acme', ['name Acme', 'company_id Acme']],
  ['Company Store', ['name Company Store']],
  ['external_id: u-7', ['external_id u-7', 'company_id u-7']],
  ['Email: ada@example.com', ['email ada@example.com', 'external_id ada@example.com']],
  ['phone: (207) 555-0142', ['phone 2075550142']],
  ['Phone number +1 207 555 0142', ['phone +12075550142']],
  ['WhatsApp: +1 207 555 0142', ['phone +12075550142']],
  ['e-mail: ada@example.com', ['email ada@example.com', 'external_id ada@example.com']],
  ['email=ada@example.com', ['email ada@example.com', 'external_id ada@example.com']],
  ['contact@example.com', ['email contact@example.com', 'external_id contact@example.com']],
  ['user-1@example.com', ['email user-1@example.com', 'external_id user-1@example.com']],
  ['user id u-7', ['external_id u-7', 'name u-7']],
  ['external_id=u-7', ['external_id u-7', 'company_id u-7']],
  [`intercom id: ${hex}`, [`contact ${hex}`, `company ${hex}`, `external_id ${hex}`, `company_id ${hex}`]],
  ['ticket no. 42', ['ticket 42', 'ticket_number 42']],
  ['TICKET-42', ['ticket 42', 'ticket_number 42']],
  ['conv 42', ['conversation 42']],
  ['customer Ada Lovelace', ['name Ada Lovelace', 'name customer Ada Lovelace']],
  ['company Acme Boats', ['name Acme Boats', 'name company Acme Boats']],
  ['id', ['name id', 'external_id id', 'company_id id']],
  [`{"type":"contact","id":"${hex}","email":"ada@example.com"}`, [`contact ${hex}`, `external_id ${hex}`]],
  ['"email": "ada@example.com",', ['email ada@example.com', 'external_id ada@example.com']],
  ["{'conversation_id': 42}", ['conversation 42']],
  ['{"type":"ticket","id":"42","ticket_id":"7"}', ['ticket 42', 'ticket_number 42']],
  ['{"name":"Ada Lovelace","phone":null}', ['name Ada Lovelace']],
])('%s says what it is', (pasted, readings) => {
  expect(read(pasted)).toEqual(readings)
})

test.each([
  ['ada@example.com', 'ada@example.com'],
  [' "ada@example.com", ', 'ada@example.com'],
  ['<ada+news@example.com>;', 'ada+news@example.com'],
  ['mailto:ada@example.com?subject=Hello%20there', 'ada@example.com'],
  ['用户@例え.jp', '用户@例え.jp'],
  ["o'brien@example.co.uk", "o'brien@example.co.uk"],
  ['\u202aada@example.com\u202c', 'ada@example.com'],
])('%s is an email', (pasted, address) => {
  expect(read(pasted)).toEqual([`email ${address}`, `external_id ${address}`])
})

test('an email with a name is both', () => {
  expect(read('"Ada Lovelace" <ada@example.com>')).toEqual(['email ada@example.com', 'external_id ada@example.com', 'name Ada Lovelace'])
})

test.each([
  ['ada@example.com (Ada Lovelace)', ['email ada@example.com', 'name Ada Lovelace']],
  ['Ada Lovelace, ada@example.com', ['email ada@example.com', 'name Ada Lovelace']],
  ['user email: ada@example.com', ['email ada@example.com', 'external_id ada@example.com']],
  ['ada@example.com; charles@example.com', ['email ada@example.com', 'email charles@example.com']],
  ['From: Ada Lovelace <ada@example.com>', ['email ada@example.com', 'external_id ada@example.com', 'name Ada Lovelace']],
])('%s: an email among other words is found', (pasted, readings) => {
  expect(read(pasted)).toEqual(readings)
})

test.each([
  ['Who is Ada Lovelace?', ['name Who is Ada Lovelace', 'name Ada Lovelace']],
  ['Ada Lovelace from Acme', ['name Ada Lovelace from Acme', 'name Ada Lovelace']],
  ['Ada Lovelace (Acme)', ['name Ada Lovelace (Acme)', 'name Ada Lovelace']],
  ['acme.com', ['domain acme.com', 'name acme.com', 'external_id acme.com', 'company_id acme.com']],
  ['@acme.com', ['domain acme.com', 'name @acme.com', 'name acme.com', 'external_id @acme.com', 'company_id @acme.com']],
])('%s: what is told beside it is left away', (pasted, readings) => {
  expect(read(pasted)).toEqual(readings)
})

test.each([
  ['tel:+12075550142;ext=12', '+12075550142'],
  ['+1\u2011207\u2011555\u20110142', '+12075550142'],
  ['+1 (207) 555-0142', '+12075550142'],
  ['(207) 555-0142', '2075550142'],
  ['0033 6 12 34 56 78', '+33612345678'],
  ['tel:+1-207-555-0142', '+12075550142'],
  ['+1.207.555.0142 ext. 12', '+12075550142'],
  ['＋１ ２０７ ５５５ ０１４２', '+12075550142'],
])('%s is a phone', (pasted, number) => {
  expect(readPasted(pasted).readings[0]).toEqual({ as: 'phone', value: number })
})

test.each([
  ['42', ['conversation 42', 'ticket 42', 'ticket_number 42', 'external_id 42', 'company_id 42']],
  ['#42', ['conversation 42', 'ticket 42', 'ticket_number 42', 'external_id 42', 'company_id 42']],
  ['2075550142', ['conversation 2075550142', 'ticket 2075550142', 'ticket_number 2075550142', 'external_id 2075550142', 'company_id 2075550142', 'phone 2075550142']],
  [hex.toUpperCase(), [`contact ${hex}`, `company ${hex}`, `external_id ${hex.toUpperCase()}`, `company_id ${hex.toUpperCase()}`]],
  [uuid, [`external_id ${uuid}`, `company_id ${uuid}`]],
  ['cust_0042', ['external_id cust_0042', 'company_id cust_0042', 'name cust_0042']],
  ['Maren', ['name Maren', 'external_id Maren', 'company_id Maren']],
  ['Maren Okafor?', ['name Maren Okafor']],
  ['“Acme & Sons, Inc.”', ['name Acme & Sons, Inc']],
  [' ., ', []],
])('%s may be several things', (pasted, readings) => {
  expect(read(pasted)).toEqual(readings)
})

describe('whatever is pasted', () => {
  const anything = fc.oneof(fc.string({ unit: 'grapheme' }), fc.emailAddress(), fc.webUrl(), fc.nat().map(String), fc.uuid())

  test('is read the same a second time', () => {
    fc.assert(
      fc.property(anything, (pasted) => {
        expect(readPasted(readPasted(pasted).text)).toEqual(readPasted(pasted))
      }),
    )
  })

  test('means something unless nothing is left of it, and no reading is empty', () => {
    fc.assert(
      fc.property(anything, (pasted) => {
        const { text, readings } = readPasted(pasted)
        expect(readings.length > 0).toBe(text !== '')
        expect(readings.every(({ value }) => value.trim() !== '')).toBe(true)
      }),
    )
  })

  test('means the same in quotes, brackets and at the end of a sentence', () => {
    const wrapped = fc.constantFrom(['"', '"'], ['<', '>'], ['(', ')'], ['', '.'], ['  ', '\n'], ['‘', '’,'])
    const plainly = fc.oneof(fc.emailAddress(), fc.nat().map(String), fc.uuid(), fc.stringMatching(/^[A-Z][a-z]{1,9} [A-Z][a-z]{1,9}$/))
    fc.assert(
      fc.property(plainly, wrapped, (text, [before, after]) => {
        expect(read(before + text + after)).toEqual(read(text))
      }),
    )
  })

  test('a phone number keeps its digits in any writing', () => {
    const separators = fc.constantFrom('', ' ', '-', '.', ' - ')
    const number = fc.stringMatching(/^[1-9]\d{8,13}$/)
    fc.assert(
      fc.property(number, separators, fc.constantFrom('+', '00'), (digits, separator, prefix) => {
        const written = `${prefix}${digits.slice(0, 2)}${separator}${digits.slice(2, 5)}${separator}${digits.slice(5)}`
        expect(readPasted(written).readings).toContainEqual({ as: 'phone', value: `+${digits}` })
        expect(digitsOf(written)).toBe(digits)
      }),
    )
  })
})
