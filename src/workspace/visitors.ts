import type * as z from 'zod'
import type { convertVisitor } from '../contract/visitors.ts'
import type { AppDocument } from './admins.ts'
import { presentContact } from './contact-answer.ts'
import { updated } from './contact-changes.ts'
import { type ContactDocument, contacts, findContact } from './contact-document.ts'
import { absorbed } from './contact-lifecycle.ts'
import { tellUpdated } from './contact-notices.ts'
import { presentAttributes, withAttributes } from './custom-attributes.ts'
import { type Call, type Handlers, Rejection } from './handler.ts'
import type { Store } from './store.ts'
import { asLead, findVisitor, madeLead, type Named, type VisitorDocument, visitors } from './visitor.ts'

type Conversion = z.output<(typeof convertVisitor)['input']>

/** The visitor that a request names, or Intercom's 404. [inferred] The 400. */
const named = ({ store }: Call, by: Named): VisitorDocument => {
  if ([by.id, by.user_id, by.email].every((name) => name === undefined))
    throw new Rejection(400, 'parameter_not_found', 'a visitor is named by id or user_id', 'user_id')
  const found = findVisitor(store, by)
  if (!found) throw new Rejection(404, 'not_found', 'Visitor Not Found')
  return found
}

/** [inferred] The picture of a pseudonym has its name. */
const presentAvatar = ({ pseudonym }: VisitorDocument) => ({
  type: 'avatar',
  image_url: pseudonym && `https://static.intercomassets.com/app/pseudonym_avatars_2019/${pseudonym.toLowerCase().replaceAll(' ', '-')}.png`,
})

const presentPlace = ({ location, timezone }: VisitorDocument) =>
  location && {
    type: 'location_data',
    city_name: location.city,
    region_name: location.region,
    country_name: location.country,
    country_code: location.country_code,
    continent_code: location.continent_code,
    timezone,
  }

const nothing = { companies: { type: 'company.list', companies: [] }, tags: { type: 'tag.list', tags: [] }, segments: { type: 'segment.list', segments: [] } }

const presentVisitor = (visitor: VisitorDocument, { id_code }: AppDocument, store: Store) => {
  const { location: _, timezone: __, custom_attributes, ...known } = visitor
  return {
    type: 'visitor',
    ...known,
    anonymous: true,
    email: visitor.email ?? '',
    avatar: presentAvatar(visitor),
    app_id: id_code,
    ...nothing,
    location_data: presentPlace(visitor) ?? {},
    las_request_at: visitor.last_request_at, // as the reference spells it
    remote_created_at: visitor.created_at,
    signed_up_at: visitor.created_at,
    social_profiles: { type: 'social_profile.list', social_profiles: [] },
    owner_id: null,
    unsubscribed_from_emails: false,
    marked_email_as_spam: false,
    has_hard_bounced: false,
    custom_attributes: presentAttributes(store, custom_attributes),
    do_not_track: null,
  }
}

/** Who the visitor turned out to be, if they are a contact. Only an unknown Intercom id is an error: the other names may be new. */
const knownAs = ({ type, user: { id, user_id, email } }: Conversion, call: Call): ContactDocument | undefined => {
  const found = findContact(call, { id, external_id: user_id, email })
  if (id !== undefined && !found) throw new Rejection(404, 'not_found', 'User Not Found')
  // leads share emails with users, so a visitor becomes the user of that email, but nobody's lead
  return found && (id !== undefined || found.role === type) ? found : undefined
}

const newUser = ({ user: { user_id = '', email } }: Conversion, visitor: VisitorDocument, call: Call): ContactDocument => {
  if (!user_id && !email) throw new Rejection(400, 'parameter_not_found', 'user needs an id, user_id or email', 'user')
  const user = updated(asLead(visitor, call), { role: 'user', external_id: user_id, ...(email !== undefined && { email }) }, call)
  return call.store.put(contacts, { ...user, signed_up_at: call.now })
}

const newLead = ({ user }: Conversion, visitor: VisitorDocument, call: Call): ContactDocument =>
  madeLead({ ...visitor, email: user.email ?? visitor.email }, call)

const become = { user: newUser, lead: newLead } as const

const converted = (wanted: Conversion, call: Call): ContactDocument => {
  const visitor = named(call, wanted.visitor)
  const known = knownAs(wanted, call)
  const contact = known ? tellUpdated(known, absorbed(call, asLead(visitor, call), known), call) : become[wanted.type](wanted, visitor, call)
  call.store.remove(visitors, visitor.id)
  if (!known && wanted.type === 'user') call.notify('visitor.signed_up', () => presentContact(contact, call))
  return contact
}

export const handlers: Handlers<'visitors'> = {
  get_visitor: (by, call) => presentVisitor(named(call, by), call.app, call.store),

  update_visitor: ({ id, user_id, name, custom_attributes }, call) => {
    const before = named(call, { id, user_id })
    const attributes = withAttributes(call.store, 'contact', before.custom_attributes, custom_attributes)
    const after = { ...before, ...(name !== undefined && { name }), custom_attributes: attributes, updated_at: call.now }
    return presentVisitor(call.store.put(visitors, after), call.app, call.store)
  },

  convert_visitor: (wanted, call) => presentContact(converted(wanted, call), call),
}
