import * as z from 'zod'
import { Company } from './company.ts'
import { Contact } from './contact.ts'
import { lookAtContact } from './contacts.ts'
import { operation } from './operation.ts'
import { isGone, shows } from './read-back.ts'
import { CustomAttributes, shape, Timestamp } from './shape.ts'

/** Somebody on a website who is not known yet. `user_id` is made by Intercom, or by who tracks them. */
export const Visitor = shape(
  { id: z.string() },
  {
    type: z.string(),
    user_id: z.string(),
    anonymous: z.boolean(),
    email: z.string(),
    phone: z.string(),
    name: z.string(),
    pseudonym: z.string(),
    avatar: shape({}, { type: z.string(), image_url: z.string() }),
    app_id: z.string(),
    companies: shape({}, { type: z.string(), companies: z.array(Company) }),
    location_data: shape(
      {},
      {
        type: z.string(),
        city_name: z.string(),
        continent_code: z.string(),
        country_code: z.string(),
        country_name: z.string(),
        postal_code: z.string(),
        region_name: z.string(),
        timezone: z.string(),
      },
    ),
    last_request_at: Timestamp,
    created_at: Timestamp,
    remote_created_at: Timestamp,
    signed_up_at: Timestamp,
    updated_at: Timestamp,
    session_count: z.int(),
    social_profiles: shape({}, { type: z.string(), social_profiles: z.array(z.string()) }),
    owner_id: z.string(),
    unsubscribed_from_emails: z.boolean(),
    marked_email_as_spam: z.boolean(),
    has_hard_bounced: z.boolean(),
    tags: shape({}, { type: z.string(), tags: z.array(shape({ id: z.string() }, { type: z.string(), name: z.string() })) }),
    segments: shape({}, { type: z.string(), segments: z.array(z.string()) }),
    custom_attributes: CustomAttributes,
    referrer: z.string(),
    utm_campaign: z.string(),
    utm_content: z.string(),
    utm_medium: z.string(),
    utm_source: z.string(),
    utm_term: z.string(),
    do_not_track: z.boolean(),
  },
)

const write = 'Write users and companies'

export const getVisitor = operation({
  name: 'get_visitor',
  operationId: 'retrieveVisitorWithUserId',
  title: 'Get a visitor',
  description: 'One anonymous visitor of your website by user_id. Visitors are in no list or search, and are gone once they are converted.',
  asked: 'one anonymous person guest website user who show visiting details look where browser location which page view record last seen unknown site pull web referrer',
  route: 'GET /visitors',
  effect: 'read',
  permission: 'Read one user and one company',
  input: z.strictObject({ user_id: z.string().describe("The visitor's user_id, as your website knows it.") }),
  output: Visitor,
  resource: 'intercom://visitors/{user_id}',
})

const byUserId = ({ user_id, ...rest }: Record<string, unknown>) =>
  user_id !== undefined && Object.keys(rest).some((key) => key !== 'id') ? { user_id } : undefined

export const updateVisitor = operation({
  name: 'update_visitor',
  operationId: 'updateVisitor',
  title: 'Update a visitor',
  description: 'Changes name or custom attributes of a visitor, named by id or user_id.',
  asked: 'change edit set name attribute anonymous person guest website told add custom data details record interest wrong modify web field unknown browser mentioned budget enrich profile',
  route: 'PUT /visitors',
  effect: 'write',
  idempotent: true,
  permission: write,
  input: z.strictObject({
    id: z.string().optional().describe("The visitor's Intercom id."),
    user_id: z.string().optional().describe('Instead of id.'),
    name: z.string().optional(),
    custom_attributes: CustomAttributes.optional().describe('By name; each must exist for people already. null unsets.'),
  }),
  output: Visitor,
  readBack: { operation: getVisitor, input: byUserId, happened: shows('name', 'custom_attributes') },
})

const named = (of: string) => ({
  id: z.string().optional().describe(`${of} Intercom id.`),
  user_id: z.string().optional(),
  email: z.string().optional(),
})

export const convertVisitor = operation({
  name: 'convert_visitor',
  operationId: 'convertVisitor',
  title: 'Turn a visitor into a contact',
  description: 'Makes a user or a lead of a visitor; if that user exists already, what the visitor did goes to them. The visitor is gone afterwards. Cannot be undone.',
  asked: 'turn promote identify anonymous guest lead user contact customer signed merge left email make website registered existing became logged capture prospect unknown fact account already',
  route: 'POST /visitors/convert',
  effect: 'destroy',
  undoneBy: 'never',
  permission: write,
  input: z.strictObject({
    type: z.enum(['user', 'lead']).describe('What the visitor becomes.'),
    visitor: z.strictObject(named("The visitor's")).describe('Who, by one of these.'),
    user: z.strictObject(named("A contact's")).describe('The contact to go to, or the user_id (kept as external_id) and email of the new one. For a new lead it may be empty.'),
  }),
  output: Contact,
  readBack: {
    operation: getVisitor,
    input: ({ visitor }) => {
      const { user_id } = visitor as { user_id?: string } // as the input says
      return user_id === undefined ? undefined : { user_id }
    },
    happened: isGone, // the person they became may have been there before
  },
  about: ({ visitor, user }) => {
    const [from, into] = [visitor, user] as { id?: string; user_id?: string }[] // as the input says
    const visits = from?.user_id === undefined ? [] : [{ operation: getVisitor, input: { user_id: from.user_id } }]
    return [...visits, ...lookAtContact(into?.id, into?.user_id)]
  },
})
