import * as z from 'zod'
import { CustomAttributes, shape, Timestamp } from './shape.ts'

/** The first ten of something attached to a contact; `url` lists all. */
const Attached = shape(
  {},
  {
    type: z.string(),
    data: z.array(shape({ id: z.string() }, { type: z.string(), url: z.string() })),
    url: z.string(),
    total_count: z.int(),
    has_more: z.boolean(),
  },
)

const device = <P extends 'android' | 'ios'>(platform: P) =>
  ({
    [`${platform}_app_name`]: z.string(),
    [`${platform}_app_version`]: z.string(),
    [`${platform}_device`]: z.string(),
    [`${platform}_os_version`]: z.string(),
    [`${platform}_sdk_version`]: z.string(),
    [`${platform}_last_seen_at`]: Timestamp,
  }) as Record<`${P}_${'app_name' | 'app_version' | 'device' | 'os_version' | 'sdk_version'}`, z.ZodString> &
    Record<`${P}_last_seen_at`, typeof Timestamp>

/** A person: a `user` known to you by email or external id, or a `lead` who is not. */
export const Contact = shape(
  { id: z.string() },
  {
    type: z.string(),
    external_id: z.string(),
    workspace_id: z.string(),
    role: z.string(),
    email: z.string(),
    email_domain: z.string(),
    phone: z.string(),
    name: z.string(),
    // published as an object; a URL string or null in reality
    avatar: z.union([z.string(), shape({}, { type: z.string(), image_url: z.string() })]),
    owner_id: z.int(),
    has_hard_bounced: z.boolean(),
    marked_email_as_spam: z.boolean(),
    unsubscribed_from_emails: z.boolean(),
    unsubscribed_from_sms: z.boolean(),
    sms_consent: z.boolean(),
    created_at: Timestamp,
    updated_at: Timestamp,
    signed_up_at: Timestamp,
    last_seen_at: Timestamp,
    last_replied_at: Timestamp,
    last_contacted_at: Timestamp,
    last_email_opened_at: Timestamp,
    last_email_clicked_at: Timestamp,
    language_override: z.string(),
    browser: z.string(),
    browser_version: z.string(),
    browser_language: z.string(),
    os: z.string(),
    ...device('android'),
    ...device('ios'),
    utm_campaign: z.string(),
    utm_content: z.string(),
    utm_medium: z.string(),
    utm_source: z.string(),
    utm_term: z.string(),
    referrer: z.string(),
    enabled_push_messaging: z.boolean(),
    location: shape(
      {},
      {
        type: z.string(),
        country: z.string(),
        region: z.string(),
        city: z.string(),
        country_code: z.string(),
        continent_code: z.string(),
      },
    ),
    social_profiles: shape(
      {},
      { type: z.string(), data: z.array(shape({}, { type: z.string(), name: z.string(), url: z.string() })) },
    ),
    custom_attributes: CustomAttributes,
    tags: Attached,
    notes: Attached,
    companies: Attached,
    opted_out_subscription_types: Attached,
    opted_in_subscription_types: Attached,
  },
)
