/** Statuses that are documented for the API as a whole, or are HTTP's own, and so may come from any operation. */
export const anyOperation: readonly number[] = [400, 401, 403, 406, 413, 415, 429, 503]

/**
 * Where answers of the workspace depart from Intercom's published OpenAPI 2.13, and why. Each row must still be true of
 * something: one that matches nothing in a whole run fails. A line reads `<operationId> <status> <property path>: <what>`;
 * the operation is `any` where a request was refused before it was known what it asks for.
 */
export const departures: readonly (readonly [line: RegExp, why: string])[] = [
  // errors
  [/^\w+ \d+ request_id: not uuid/, 'published as a UUID; real ones are 20 characters of digits and small letters'],
  [/^updateTicket 422 not a status/, 'not published; met by those who assign a ticket to whom it is assigned'],

  // every kind of list and reference
  [/ pages\.next\.page: not published/, 'published for page lists only; the cursor lists answer it as well'],
  [/[ .](tags|notes|companies|social_profiles)\.type: not published/, 'every list of the API carries its type'],
  [/[ .](tags|notes)\.data\[\]\.type: not uri/, 'published with the format of the URL beside it; it is a word'],
  [/[ .]custom_attributes\.[^.]+: .*, not string/, 'published as texts; attributes keep the type they were defined with'],
  [/[ .]is_internal: not published/, 'in the published examples, and taken by the requests'],

  // contacts
  [/ (data\[\]\.)?(sms_consent|unsubscribed_from_sms|utm_\w+|referrer): not published/, 'in the answers seen by connectors'],
  [/ (data\[\]\.)?location\.(country|continent)_code: not published/, 'in the published examples'],
  [/ (data\[\]\.)?opted_(in|out)_subscription_types: not published/, 'in the published examples'],
  [/^(ListContacts|SearchContacts|ListAttachedContacts) 200 data\[\]\.enabled_push_messaging: not published/, 'published for one contact only; lists answer it too'],
  [/Contact(s|ByExternalId)? 200 (data\[\]\.)?email(_domain)?: null, not string/, 'not every contact has an email address'],
  [/Contact(s|ByExternalId)? 200 (data\[\]\.)?avatar: a text, not object,null/, 'published as an object; the URL as it was given, or null, in reality'],
  [/^listCompaniesForAContact 200 data: not published/, 'published as `companies`; the example and the API say `data`'],

  // companies, notes
  [/^retrieveCompany 200 (\w+: not published|type: "company", not list)/, 'published as the list alone; with name or company_id it is one company'],
  [/^(retrieveCompany|listAllCompanies|ListAttachedContacts|listNotes) 200 pages\.next: a text, not object/, 'published as a cursor; a URL in reality'],

  // tickets
  [/ticket_type_attributes\.data: not published/, 'published as `ticket_type_attributes.ticket_type_attributes`; the API answers `data`'],
  [/ input_options: null, not object/, 'only lists have options; null in the published examples'],
  [/^replyTicket 200 app_package_code: not published/, 'in the published example'],

  // admins
  [/^identifyAdmin 200 app\.secure: not published/, 'in the answers seen by connectors'],
  [/^listAdmins 200 admins\[\]\.avatar: an object, not string/, 'an admin\'s avatar is published as a URL; an object when display_avatar is asked for'],
  [/^(listTeams|retrieveTeam) 200 (teams\[\]\.)?distribution_method: not published/, 'in the answers seen by connectors'],
  [/^listActivityLogs 200 activity_logs\[\]\.metadata\.\w+: not published/, 'its fields differ with the activity'],
  [/^listActivityLogs 200 pages\.next: a text, not object/, 'published as a cursor; a URL in reality'],

  // conversations
  [/Conversations? 200 (conversations\[\]\.)?(custom_attributes|topics|ticket|company): not published/, 'in the published examples'],
  [/Conversations? 200 (conversations\[\]\.)?teammates\.admins: not published/, 'published as `teammates.teammates`; the API answers `admins`'],
  [/Conversation(s|ToTicket)? 200 .*\bauthor\.(from_ai_agent|is_ai_answer): not published/, 'in the answers seen by connectors'],
  [/Conversation 200 conversation_parts\.conversation_parts\[\]\.metadata: not published/, 'in the published examples'],
  [/Conversation 200 conversation_parts\.conversation_parts\[\]\.event_details: null, not one/, 'most parts tell of nothing; null in the published example'],
  [/^(attach|detach)Contact(To|From)Conversation 200 customers: not published/, 'published as a conversation; the published examples answer {customers}'],
  [/Conversations? 200 (conversations\[\]\.)?statistics\.\w+: null, not/, 'null until it happened, in the answers seen by connectors'],

  // data events
  [/^lisDataEvents 200 (pages|events\[\]\.\w+): not published/, 'published is the summary, which is answered only when asked for'],
  [/^lisDataEvents 200 type: "event\.list"/, 'the same: the list has a type of its own'],

  // data attributes and custom objects
  [/DataAttributes? 200 (data\[\]\.)?model: "conversation"/, 'published for people and companies; the text and the query name conversations too'],

  // visitors, messages, exports, redirects
  [/Visitor(WithUserId)? 200 last_request_at: not published/, 'published as `las_request_at`; the examples say `last_request_at`'],
  [/Visitor(WithUserId)? 200 email: not email/, 'empty in the published examples, as most visitors have none'],
  [/^convertVisitor 200 email(_domain)?: null, not string/, 'not every contact has an email address'],
  [/^convertVisitor 200 enabled_push_messaging: not published/, 'in the published example'],
  [/^convertVisitor 409 not a status/, 'as at any creation of a user whose email is taken'],
  [/\bauthor\.email: null, not string/, 'not every contact has an email address'],
  [/^createMessage 200 owner: not published/, 'in the published example of an admin\'s message'],
  [/^\w+DataExport 200 job_identifier: not published/, 'published as `job_identfier`; every example says `job_identifier`'],
  [/^createPhoneSwitch 200 url: not published/, 'in the published example'],
  [/^createPhoneSwitch 4(00|22) (error_key|message|errors|type): /, 'a refusal here has a shape of its own, as the published examples show'],

  // Help Center and news
  [/^searchArticles 404 not a status/, 'not published; for a help center there is not, as elsewhere'],
  [/^(list(Internal)?Articles|search(Internal)?Articles|listAllCollections|listNewsItems|listLiveNewsfeedItems) 200 pages\.next: a text, not object/, 'published as a cursor; a URL in reality'],
  [/^(create|retrieve|update)Article 200 statistics\.conversations: not published/, 'published as `conversions`; every example says `conversations`'],
]
