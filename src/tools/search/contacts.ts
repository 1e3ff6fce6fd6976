import type { Tongue } from './flat-search.ts'
import { aliases, type Vocabulary } from './vocabulary.ts'

const company = 'Companies are no search field: get_account tells of one company and its people, list_company_contacts lists them.'

const vocabulary: Vocabulary = {
  aliases: aliases({
    owner_id: 'owner admin accountowner',
    segment_id: 'segment segments segmentids',
    tag_id: 'tag tags tagids tagged',
    created_at: 'created createdon',
    signed_up_at: 'signedup signup signupdate',
    updated_at: 'updated',
    last_seen_at: 'lastseen seen lastactive active lastrequestat',
    last_contacted_at: 'lastcontacted contacted',
    last_replied_at: 'lastreplied replied lastheardfrom',
    last_email_opened_at: 'lastemailopened',
    last_email_clicked_at: 'lastemailclicked',
    email_domain: 'domain',
    external_id: 'userid',
    language_override: 'language',
    unsubscribed_from_emails: 'unsubscribed',
    marked_email_as_spam: 'spam',
    has_hard_bounced: 'bounced hardbounced',
    role: 'type',
  }),
  names: { owner_id: 'admin', segment_id: 'segment', tag_id: 'tag' },
  choices: { role: { user: '', lead: '' } },
  absent: { company, companyid: company, companies: company, companyname: company },
  own: 'contact',
  texts: [],
}

export const tongue: Tongue = {
  noun: 'contacts',
  vocabulary,
  example: '[{field: "tag", value: "VIP"}, {field: "last_seen", value: "last 7 days"}]',
  text: 'A name, email, phone or external_id, or parts of them.',
}
