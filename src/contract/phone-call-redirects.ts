import * as z from 'zod'
import { searchContacts } from './contacts.ts'
import { operation } from './operation.ts'
import { CustomAttributes, shape } from './shape.ts'

/** A caller who is asked to write instead. `url` opens the Messenger. */
export const PhoneCallRedirect = shape({ type: z.string() }, { phone: z.string(), url: z.string() })

export const createPhoneCallRedirect = operation({
  name: 'create_phone_call_redirect',
  operationId: 'createPhoneSwitch',
  title: 'Redirect a phone call to the Messenger',
  description: 'Sends a text message (SMS) with a link to the Messenger to a phone number, so that a caller can write instead. Custom attributes go to the contact of that number.',
  asked: 'switch deflection text sms caller link continue messenger chat instead send move messaging hold queue full offer busy hotline write off line ivr hand',
  route: 'POST /phone_call_redirects',
  effect: 'send',
  permission: 'Create phone call redirects',
  input: z.strictObject({
    phone: z.string().describe('In E.164 form, with country code: +12075550142.'),
    custom_attributes: CustomAttributes.optional().describe('By name; each must exist in the workspace already.'),
  }),
  output: PhoneCallRedirect,
  about: ({ phone }) => [{ operation: searchContacts, input: { query: { field: 'phone', operator: '=', value: phone } } }],
  audience: 'whoever has this phone number, by text message (SMS)',
})
