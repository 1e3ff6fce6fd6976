import * as z from 'zod'
import { listContactSubscriptions } from './contacts.ts'
import { operation } from './operation.ts'
import { among } from './read-back.ts'
import { list } from './shape.ts'
import { SubscriptionType } from './subscription-type.ts'

const write = 'Write users and companies'
const contactId = z.string().describe("The contact's Intercom id: 24 hexadecimal characters.")
const id = z.string().describe('Id of the subscription type, from list_subscription_types.')

export const listSubscriptionTypes = operation({
  name: 'list_subscription_types',
  operationId: 'listSubscriptionTypes',
  title: 'List subscription types',
  description: 'The kinds of messages people can choose to get: of opt_out ones everybody hears unless they opted out, of opt_in ones only who opted in.',
  asked: 'all newsletters mailing email preferences consent marketing message kinds which available name opt categories overview topics what people subscribe sms every catalogue communication default product update',
  route: 'GET /subscription_types',
  effect: 'read',
  reference: true,
  permission: 'Read and list users and companies',
  input: z.strictObject({}),
  output: list('data', SubscriptionType),
  resource: 'intercom://subscription-types',
})

export const attachSubscriptionToContact = operation({
  name: 'attach_subscription_to_contact',
  operationId: 'attachSubscriptionTypeToContact',
  title: "Record a contact's subscription choice",
  description: "Records a contact's explicit choice about one kind of message: opted out of an opt_out type, or in to an opt_in type.",
  asked: 'opt subscribe unsubscribe sign person user newsletter mailing list marketing emails record consent stop customer product updates promotions agreed receive more add set type sending gave permission put announcements register sms complains about many',
  route: 'POST /contacts/{contact_id}/subscriptions',
  effect: 'write',
  idempotent: true,
  permission: write,
  input: z.strictObject({
    contact_id: contactId,
    id,
    consent_type: z.enum(['opt_out', 'opt_in']).describe("As the type's own consent_type; the other one takes the choice back."),
  }),
  output: SubscriptionType,
  readBack: {
    operation: listContactSubscriptions,
    input: ({ contact_id }) => ({ contact_id }),
    happened: ({ id, consent_type }, found) => (among(found, id)?.consent_type === consent_type ? true : undefined),
  },
})

export const detachSubscriptionFromContact = operation({
  name: 'detach_subscription_from_contact',
  operationId: 'detachSubscriptionTypeToContact',
  title: "Remove a contact's subscription choice",
  description: "Forgets a contact's explicit choice about one kind of message, so that its default holds for them again.",
  asked: 'remove clear reset forget choice preference consent person take off mailing list newsletter email delete type customer drop record withdraw opt undo setting user erase stored entry revert default any longer',
  route: 'DELETE /contacts/{contact_id}/subscriptions/{id}',
  effect: 'destroy',
  undoneBy: 'attach_subscription_to_contact',
  idempotent: true,
  permission: write,
  input: z.strictObject({ contact_id: contactId, id }),
  output: SubscriptionType,
  readBack: {
    operation: listContactSubscriptions,
    input: ({ contact_id }) => ({ contact_id }),
    happened: ({ id }, found) => found && !among(found, id),
  },
})
