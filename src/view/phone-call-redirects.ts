import { PhoneCallRedirect } from '../contract/phone-call-redirects.ts'
import type { Kind } from './kind.ts'

export const phoneCallRedirect: Kind = {
  name: 'phone_call_redirect',
  plural: 'phone_call_redirects',
  schema: PhoneCallRedirect,
  headline: ['phone'],
  brief: ['phone'],
  times: 'minute',
}
