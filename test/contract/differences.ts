/**
 * Where the contract departs from Intercom's published OpenAPI 2.13, and why. Each row must still be true of
 * something: one that matches nothing fails the test. A line reads `<operationId> <place> <property path> <what>`.
 */
export const differences: readonly (readonly [line: RegExp, why: string])[] = [
  [/^listActivityLogs query (page|per_page) only ours/, 'not declared; the pages of its answer are numbered and the query takes both'],
  [/^list(ContentImportSources|ExternalPages|CompaniesForAContact) query (page|per_page) only ours/, 'not declared; the answers are paged, and the official client sends both'],
  [/^ListContacts query (per_page|starting_after) only ours/, 'not declared; the endpoint is paged by cursor, and connectors send both'],
  [/^(SearchContacts|searchTickets) body sort only ours/, 'not declared; the endpoints take it, and connectors depend on it'],
  [/^(SearchContacts|searchTickets) body query\.value /, 'one loose shape for filters and groups, checked by `malformed`: the recursion would cost a model 450 tokens a tool'],
  [/^(Create|Update)Contact body role ours "lead"\|"user"/, 'published as any string; only these two exist'],
  [/^\w+ answer (data\[\]\.)?avatar ours object\|string, theirs object/, 'a contact\'s avatar is published as an object; the API answers a URL or null'],
  [/^\w+ answer (admins\[\]\.)?avatar ours object\|string, theirs string/, 'an admin\'s avatar is published as a URL; an object when display_avatar is asked for'],
  [/^\w+ answer (data\[\]\.)?(unsubscribed_from_sms|sms_consent|utm_\w+|referrer) only ours/, 'not published; in the answers seen by connectors'],
  [/^\w+ answer (data\[\]\.)?location\.(country|continent)_code only ours/, 'not published; in the published examples'],
  [/^\w+ answer (data\[\]\.)?opted_(in|out)_subscription_types only ours/, 'not published; in the published examples'],
  [/^\w+ answer (data\[\]\.)?(social_profiles|tags|notes|companies)\.type only ours/, 'not published; every list of the API carries its type'],
  [/^(ListContacts|SearchContacts) answer data\[\]\.enabled_push_messaging only ours/, 'published for one contact only; lists answer it too'],
  [/^\w+ answer pages\.next\.page only ours/, 'published for page lists only; the cursor lists answer it as well'],
  [/^listActivityLogs answer pages\.next ours string, theirs object/, 'published as a cursor; a URL in reality'],
  [/^listActivityLogs answer activity_logs\[\]\.metadata\.\w+ only theirs/, 'its fields differ with the activity; passed through as they come'],
  [/^listCompaniesForAContact answer data only ours/, 'published as `companies`; the example and the API say `data`'],
  [/^listCompaniesForAContact answer companies\[\]\.monthly_spend ours number, theirs integer/, 'money has decimals'],
  [/^listCompaniesForAContact answer companies\[\]\.tags\.tags\[\]\.applied_(at|by) only ours/, 'one shape for every tag; these two come with some answers only'],
  [/ticket_type_attributes\.data only ours/, 'published as `ticket_type_attributes.ticket_type_attributes`; the API answers `data`'],
  [/^\w+ answer (\w+(\[\])?\.)*is_internal only ours/, 'not published; in the published examples, and taken by the requests'],
  [/attachments\[\]\.(width|height) ours integer\|string, theirs integer/, 'connectors have met both'],
  [/^replyTicket answer (previous_ticket_state|ticket_state|assigned_to|external_id|app_package_code) only ours/, 'one shape for every part of a ticket; a reply lacks these'],
]
