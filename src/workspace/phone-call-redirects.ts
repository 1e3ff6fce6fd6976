import { contacts, visible } from './contact-document.ts'
import { tellUpdated } from './contact-notices.ts'
import { withAttributes } from './custom-attributes.ts'
import { type Call, type Handlers, Rejection } from './handler.ts'
import { sql } from './store.ts'
import { uuid } from './uuid.ts'

/** A refusal in a shape of its own: `{error_key, message}` rather than a list. */
class SwitchRejection extends Rejection {
  override body(): object {
    return { error_key: this.code, ...(this.message && { message: this.message }) }
  }
}

/** [inferred] Numbers of this workspace that get no SMS, so that each published error can be met. */
const unreachable: Readonly<Record<string, () => Rejection>> = {
  '+15005550001': () => new SwitchRejection(400, 'sms_failed', 'SMS was not sent due to an unknown error'),
  '+15005550009': () => new SwitchRejection(422, 'some_error', ''),
}

/** [inferred] Blanks, as the published example has one, and other signs between the digits are passed over. */
const e164 = (phone: string): string => {
  const number = phone.replace(/[\s().-]/g, '')
  if (!/^\+[1-9]\d{6,14}$/.test(number)) throw new SwitchRejection(400, 'invalid_phone_number', 'Invalid phone number')
  return number
}

/** [inferred] Nobody is made of a number that nobody has: they come when they open the link. */
const describe = (phone: string, attributes: Record<string, unknown>, call: Call): void => {
  const { store, now } = call
  const written = (before: Readonly<Record<string, unknown>>) => withAttributes(store, 'contact', before, attributes)
  const theirs = store.find(contacts, { where: sql`${visible} AND phone = ${phone}` })
  if (theirs.length === 0) written({}) // they must exist all the same
  for (const contact of theirs) {
    const custom_attributes = written(contact.custom_attributes)
    tellUpdated(contact, store.put(contacts, { ...contact, custom_attributes, updated_at: now }), call)
  }
}

export const handlers: Handlers<'phone-call-redirects'> = {
  create_phone_call_redirect: ({ phone, custom_attributes }, call) => {
    const number = e164(phone)
    const refuse = unreachable[number]
    if (refuse) throw refuse()
    if (custom_attributes) describe(number, custom_attributes, call)
    return { type: 'phone_call_redirect', url: `http://via.intercom.io/msgr/${uuid(call.newId())}`, phone: number }
  },
}
