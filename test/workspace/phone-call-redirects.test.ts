import { expect, test } from 'vitest'
import { getContact } from '../../src/contract/contacts.ts'
import { createPhoneCallRedirect } from '../../src/contract/phone-call-redirects.ts'
import { maren, opened } from './opened.ts'

const { ask, refusal, send } = opened()
const redirect = async (body: object) => send('POST /phone_call_redirects', body)

test.each(['+353832345678', '+1 (207) 555-0199', '+1 1234567890'])('%s is sent a link', async (phone) => {
  expect(await ask(createPhoneCallRedirect, { phone })).toEqual({
    type: 'phone_call_redirect',
    phone: phone.replace(/[^+\d]/g, ''),
    url: expect.stringMatching(/^http:\/\/via\.intercom\.io\/msgr\/[\da-f-]{36}$/) as string,
  })
})

test('two links are not the same', async () => {
  const [one, other] = [await ask(createPhoneCallRedirect, { phone: '+353832345678' }), await ask(createPhoneCallRedirect, { phone: '+353832345678' })]
  expect(one.url).not.toBe(other.url)
})

test('attributes go to the contact who has the number, and to nobody else', async () => {
  await ask(createPhoneCallRedirect, { phone: '+1 207 555 0142', custom_attributes: { 'Peak season': 'All year', seats: 15 } })
  expect((await ask(getContact, { id: maren.id })).custom_attributes).toMatchObject({ 'Peak season': 'All year', seats: 15, plan: 'Fleet' })
  await ask(createPhoneCallRedirect, { phone: '+353832345678', custom_attributes: { seats: 99 } })
  expect((await ask(getContact, { id: maren.id })).custom_attributes).toMatchObject({ seats: 15 })
})

test.each(['', '5550142', '0012075550142', '+012075550142', '+1207', '+12075550142123456', '+1-800-FLOWERS', '１２０７５５５０１４２'])('%j is no number', async (phone) => {
  expect(await redirect({ phone })).toEqual({ status: 400, body: { error_key: 'invalid_phone_number', message: 'Invalid phone number' } })
})

test.each([
  ['+15005550001', 400, { error_key: 'sms_failed', message: 'SMS was not sent due to an unknown error' }],
  ['+15005550009', 422, { error_key: 'some_error' }],
])('%s gets no SMS', async (phone, status, body) => {
  expect(await redirect({ phone })).toEqual({ status, body })
})

test.each([
  ['no number', {}, '400 parameter_not_found: phone'],
  ['an attribute that does not exist', { phone: '+353832345678', custom_attributes: { mood: 'calm' } }, "400 parameter_invalid: Custom attribute 'mood' does not exist"],
  ['an attribute of another type', { phone: '+12075550142', custom_attributes: { seats: 'many' } }, '400 parameter_invalid'],
])('%s is refused as anywhere', async (_, wrong, expected) => {
  expect(await refusal(createPhoneCallRedirect, wrong)).toContain(expected)
})
