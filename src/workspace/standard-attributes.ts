import { searchContacts } from '../contract/contacts.ts'
import { searchConversations } from '../contract/conversations.ts'
import type { Searchable } from '../contract/search.ts'
import type { DataAttributeDocument, Model } from './data-attribute.ts'

/** A field that every workspace has. */
interface StandardAttribute {
  /** Where it stands in the object, nested ones after dots. */
  readonly full_name: string
  readonly label: string
  readonly data_type: DataAttributeDocument['data_type']
  readonly api_writable: boolean
}

/** "Last seen at" of last_seen_at. */
const labelled = (fullName: string): string => fullName.charAt(0).toUpperCase() + fullName.slice(1).replaceAll(/[._]/g, ' ')

/** [inferred] Of people and conversations no list is published: it is taken to be what can be searched by, but for ids of lists and misspelt names. */
const searched = ({ fields }: Searchable, without: string, writable: string): StandardAttribute[] =>
  Object.entries(fields)
    .filter(([name]) => !without.split(' ').includes(name))
    .map(([full_name, data_type]) => ({ full_name, label: labelled(full_name), data_type, api_writable: writable.split(' ').includes(full_name) }))

const company = (full_name: string, data_type: StandardAttribute['data_type'], label: string, api_writable = false): StandardAttribute => ({
  full_name,
  label,
  data_type,
  api_writable,
})

export const standardAttributes: Readonly<Record<Model, readonly StandardAttribute[]>> = {
  contact: searched(
    searchContacts.search!, // declared there
    'tag_id segment_id andoid_sdk_version ios_app_device',
    'role external_id email phone name avatar owner_id signed_up_at last_seen_at unsubscribed_from_emails',
  ),
  company: [
    company('name', 'string', 'Company name', true),
    company('company_id', 'string', 'Company ID'),
    company('last_request_at', 'date', 'Company last seen'),
    company('remote_created_at', 'date', 'Company created at', true),
    company('user_count', 'integer', 'People'),
    company('session_count', 'integer', 'Company web sessions'),
    company('plan.name', 'string', 'Plan'),
    company('monthly_spend', 'float', 'Monthly Spend', true),
    company('size', 'integer', 'Company size', true),
    company('industry', 'string', 'Company industry', true),
    company('website', 'string', 'Company website', true),
    company('id', 'string', 'ID'),
    company('created_at', 'date', 'Created at'),
    company('updated_at', 'date', 'Updated at'),
    company('plan.id', 'string', 'Plan ID'),
    company('app_id', 'string', 'App ID'),
  ],
  conversation: searched(searchConversations.search!, 'contact_ids teammate_ids tag_ids conversation_rating.admin_d', 'read'),
}

export const presentStandard = (model: Model, attribute: StandardAttribute) => ({
  type: 'data_attribute',
  name: attribute.full_name.split('.').at(-1)!, // split gives at least one part
  ...attribute,
  ui_writable: false,
  messenger_writable: true,
  custom: false,
  archived: false,
  model,
})
