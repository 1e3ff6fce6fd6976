import { both, day, type Raw, read, readAll, type Task, where } from '../task.ts'

type Named = { readonly name: string }

const byEmail = async (raw: Raw, email: string) => (await raw('search_contacts', { query: where('email', '=', email) })).data[0]
const byName = async (raw: Raw, name: string) => (await raw('search_contacts', { query: where('name', '=', name) })).data[0]
const names = (all: readonly Named[]): string[] => all.map(({ name }) => name).sort()

/** Who somebody is, whatever is known of them. */
export const customers: readonly Task[] = [
  {
    question: 'Which plan is maren@cedarcove.example on?',
    answer: 'Fleet',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'maren@cedarcove.example' }), /^ +plan: (.+)$/m),
    raw: async (raw) => (await byEmail(raw, 'maren@cedarcove.example')).custom_attributes.plan,
  },
  {
    question: 'Who called from +1 207 555 0142?',
    answer: 'Maren Okafor',
    ours: async ({ data }) => (await data('who_is_customer', { customer: '+1 207 555 0142' })).customer.name,
    raw: async (raw) => (await raw('search_contacts', { query: where('phone', '=', '+12075550142') })).data[0].name,
  },
  {
    question: 'Which companies does usr_1160 work for?',
    answer: ['Powder Lantern Snow School', 'Riverbend Rafting Collective'],
    ours: async ({ data }) => names((await data('who_is_customer', { customer: 'usr_1160', sections: ['companies'] })).customer.companies),
    raw: async (raw) => {
      const { id } = await raw('get_contact_by_external_id', { external_id: 'usr_1160' })
      return names((await raw('list_contact_companies', { id })).data)
    },
  },
  {
    question: 'When was kiosk_07 last seen?',
    answer: '2025-11-21',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'kiosk_07' }), /last_seen_at: (\S+)/),
    raw: async (raw) => day((await raw('get_contact_by_external_id', { external_id: 'kiosk_07' })).last_seen_at),
  },
  {
    question: 'How do I reach Kaimana Reyes by email?',
    answer: 'kaimana@riverbend.example',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'Kaimana Reyes' }), /email: (\S+)/),
    raw: async (raw) => (await byName(raw, 'Kaimana Reyes')).email,
  },
  {
    question: 'Who wrote conversation 98, and when does their trial end?',
    answer: ['Émile Côté', '2025-11-27'],
    ours: async ({ data }) => {
      const { customer } = await data('who_is_customer', { customer: 'conversation 98' })
      return [customer.name, customer.custom_attributes.trial_ends_at.slice(0, 10)]
    },
    raw: async (raw) => {
      const { contacts } = await raw('get_conversation', { id: '98' })
      const { name, custom_attributes } = await raw('get_contact', { id: contacts.contacts[0].id })
      return [name, day(custom_attributes.trial_ends_at)]
    },
  },
  {
    question: 'Who is ticket 111 for?',
    answer: 'Dock kiosk, Cedar Cove',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'ticket 111' }), /name: (.+)/),
    raw: async (raw) => {
      const { contacts } = await raw('get_ticket', { id: '111' })
      return (await raw('get_contact', { id: contacts.contacts[0].id })).name
    },
  },
  {
    question: 'https://app.intercom.com/a/inbox/pw7k2m9x/inbox/shared/all/conversation/104: which customers are in it?',
    answer: ['Kaimana Reyes', 'Priyanka Desai'],
    ours: async ({ text }) => {
      const customer = 'https://app.intercom.com/a/inbox/pw7k2m9x/inbox/shared/all/conversation/104'
      return readAll(await text('who_is_customer', { customer }), / name: (.+)/g).sort()
    },
    raw: async (raw) => {
      const { contacts } = await raw('get_conversation', { id: '104' })
      const shown = []
      for (const { id } of contacts.contacts) shown.push(await raw('get_contact', { id }))
      return names(shown)
    },
  },
  {
    question: 'Is thea@northlight.example a user or a lead?',
    answer: ['lead', 'user'],
    ours: async ({ data }) => {
      const { matches } = await data('who_is_customer', { customer: 'thea@northlight.example' })
      return matches.map(({ role }: { role: string }) => role).sort()
    },
    raw: async (raw) => {
      const { data } = await raw('search_contacts', { query: where('email', '=', 'thea@northlight.example') })
      return data.map(({ role }: { role: string }) => role).sort()
    },
  },
  {
    question: 'Who is p.desai@mailbox.example, a lead of ours two years ago?',
    answer: 'Priyanka Desai',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'p.desai@mailbox.example' }), /name: (.+)/),
    raw: async (raw) => {
      const { total_count } = await raw('search_contacts', { query: where('email', '=', 'p.desai@mailbox.example') })
      if (total_count > 0) return 'still a lead'
      const { conversations } = await raw('search_conversations', { query: where('source.author.email', '=', 'p.desai@mailbox.example') })
      return (await raw('get_contact', { id: conversations[0].contacts.contacts[0].id })).name
    },
  },
  {
    question: 'Which of those called Sam Whitfield is only a lead, by email?',
    answer: 'sam.whitfield@mailbox.example',
    ours: async ({ data }) => {
      const { matches } = await data('who_is_customer', { customer: 'Sam Whitfield' })
      return matches.find(({ role }: { role: string }) => role === 'lead').email
    },
    raw: async (raw) => {
      const { data } = await raw('search_contacts', { query: where('name', '=', 'Sam Whitfield') })
      return data.find(({ role }: { role: string }) => role === 'lead').email
    },
  },
  {
    question: 'Which plan is the Sam Whitfield on who is a user?',
    answer: 'Crew',
    ours: async ({ text }) => {
      const customer = read(await text('who_is_customer', { customer: 'Sam Whitfield' }), /id: (\w+)\n +role: user/)
      return read(await text('who_is_customer', { customer }), /^ +plan: (.+)$/m)
    },
    raw: async (raw) => (await raw('search_contacts', { query: both(where('name', '=', 'Sam Whitfield'), where('role', '=', 'user')) })).data[0].custom_attributes.plan,
  },
  {
    question: 'Who looks after Joaquín Beltrán?',
    answer: 'Lucía Ferrer',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'Joaquín Beltrán' }), /owner: (.+)/),
    raw: async (raw) => {
      const { owner_id } = await byName(raw, 'Joaquín Beltrán')
      return (await raw('get_admin', { id: owner_id })).name
    },
  },
  {
    question: 'Which tags does joaquin@sierraancha.example carry?',
    answer: ['API user', 'Annual plan', 'Beta', 'Churn risk', 'Multi-location', 'Onboarding', 'Partner', 'Refunded', 'Seasonal', 'VIP', 'Waitlist'],
    ours: async ({ data }) => (await data('who_is_customer', { customer: 'joaquin@sierraancha.example', sections: ['tags'] })).customer.tags.sort(),
    raw: async (raw) => {
      const { id } = await byEmail(raw, 'joaquin@sierraancha.example')
      return names((await raw('list_contact_tags', { contact_id: id })).data)
    },
  },
  {
    question: 'Which segment is Aoife Brennan in?',
    answer: 'Slipping away',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'Aoife Brennan', sections: ['segments'] }), /segments: (.+)/),
    raw: async (raw) => {
      const { id } = await byName(raw, 'Aoife Brennan')
      return (await raw('list_contact_segments', { contact_id: id })).data[0].name
    },
  },
  {
    question: 'What has maren@cedarcove.example opted out of?',
    answer: 'Product news',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'maren@cedarcove.example', sections: ['subscriptions'] }), /subscriptions: (.+?): opted out/),
    raw: async (raw) => {
      const { id } = await byEmail(raw, 'maren@cedarcove.example')
      const { data } = await raw('list_contact_subscriptions', { contact_id: id })
      return data.find(({ consent_type }: { consent_type: string }) => consent_type === 'opt_out').default_translation.name
    },
  },
  {
    question: 'Has aoife@brennanbikes.example unsubscribed from our emails?',
    answer: true,
    ours: async ({ data }) => (await data('who_is_customer', { customer: 'aoife@brennanbikes.example', sections: ['subscriptions'] })).customer.unsubscribed_from_emails,
    raw: async (raw) => (await byEmail(raw, 'aoife@brennanbikes.example')).unsubscribed_from_emails,
  },
  {
    question: 'Does mail to Walt Hendrickson come back?',
    answer: true,
    ours: async ({ text }) => /has_hard_bounced: true/.test(await text('who_is_customer', { customer: 'Walt Hendrickson' })),
    raw: async (raw) => (await byName(raw, 'Walt Hendrickson')).has_hard_bounced,
  },
  {
    question: 'How many seats does Thea Lindqvist pay for, and how much has she paid so far?',
    answer: [9, 12_214],
    ours: async ({ data }) => {
      const { custom_attributes } = (await data('who_is_customer', { customer: 'Thea Lindqvist' })).customer
      return [custom_attributes.seats, custom_attributes.lifetime_value]
    },
    raw: async (raw) => {
      const { custom_attributes } = await byName(raw, 'Thea Lindqvist')
      return [custom_attributes.seats, custom_attributes.lifetime_value]
    },
  },
  {
    question: 'Which version of our iOS app does kaimana@riverbend.example have?',
    answer: '4.12.0',
    ours: async ({ text }) => read(await text('search_contacts', { text: 'kaimana@riverbend.example', fields: ['ios_app_version'] }), /ios_app_version: (.+)/),
    raw: async (raw) => (await byEmail(raw, 'kaimana@riverbend.example')).ios_app_version,
  },
  {
    question: 'How often has usr_1042 taken a booking?',
    answer: 66,
    ours: async ({ data }) => {
      const { events } = (await data('who_is_customer', { customer: 'usr_1042', sections: ['events'] })).customer
      return Number(read(events.join('\n'), /took-booking ×(\d+)/))
    },
    raw: async (raw) => {
      const { events } = await raw('list_data_events', { type: 'user', user_id: 'usr_1042', summary: true })
      return events.find(({ name }: Named) => name === 'took-booking').count
    },
  },
  {
    question: 'Which invoice did Priyanka Desai pay last?',
    answer: 'PW-2318',
    ours: async ({ text }) => {
      const shown = await text('who_is_customer', { customer: 'Priyanka Desai', sections: ['events'], detail: 'full' })
      return read(shown, /paid-invoice[\s\S]*?invoice: (\S+)/)
    },
    raw: async (raw) => {
      const { id } = await byName(raw, 'Priyanka Desai')
      const { events } = await raw('list_data_events', { type: 'user', intercom_user_id: id })
      return events.find(({ event_name }: { event_name: string }) => event_name === 'paid-invoice').metadata.invoice
    },
  },
  {
    question: 'Who of us met Maren Okafor at the outfitters fair?',
    answer: 'Wes Adeyemi',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'Maren Okafor', sections: ['notes'] }), /- \S+ (.+?): .*outfitters fair/),
    raw: async (raw) => {
      const { id } = await byName(raw, 'Maren Okafor')
      const { data } = await raw('list_contact_notes', { contact_id: id })
      return data.find(({ body }: { body: string }) => body.includes('outfitters fair')).author.name
    },
  },
  {
    question: 'Which language does our note on Joaquín Beltrán ask for?',
    answer: 'Spanish',
    ours: async ({ data }) => {
      const { notes } = (await data('who_is_customer', { customer: 'Joaquín Beltrán', sections: ['notes'] })).customer
      return read(notes[0], /Prefers (\w+)/)
    },
    raw: async (raw) => {
      const { id } = await byName(raw, 'Joaquín Beltrán')
      return /Prefers (\w+)/.exec((await raw('list_contact_notes', { contact_id: id })).data[0].body)![1]!
    },
  },
  {
    question: 'Which people are tagged VIP?',
    answer: ['Joaquín Beltrán', 'Maren Okafor'],
    ours: async ({ data }) => names((await data('search_contacts', { filters: [{ field: 'tag', value: 'VIP' }], fields: ['name'] })).contacts),
    raw: async (raw) => {
      const { data } = await raw('list_tags')
      const { id } = data.find(({ name }: Named) => name === 'VIP')
      return names((await raw('search_contacts', { query: where('tag_id', '=', id) })).data)
    },
  },
  {
    question: 'How many users on the plan Fleet were seen after 14 November 2025?',
    answer: 9,
    ours: async ({ data }) => {
      const filters = [{ field: 'plan', value: 'Fleet' }, { field: 'role', value: 'user' }, { field: 'last_seen', operator: 'after', value: '2025-11-14' }]
      return (await data('search_contacts', { filters, per_page: 1, fields: ['name'] })).total
    },
    raw: async (raw) => {
      const query = both(where('role', '=', 'user'), where('custom_attributes.plan', '=', 'Fleet'), where('last_seen_at', '>', 1_763_096_400))
      return (await raw('search_contacts', { query, pagination: { per_page: 1 } })).total_count
    },
  },
  {
    question: 'What are our leads in Zandvoort called?',
    answer: ['Noor van Dijk'],
    ours: async ({ text }) => {
      const filters = [{ field: 'role', value: 'lead' }, { field: 'city', value: 'Zandvoort' }]
      return readAll(await text('search_contacts', { filters, fields: ['name'] }), /- (.+) \(/g)
    },
    raw: async (raw) => names((await raw('search_contacts', { query: both(where('role', '=', 'lead'), where('location.city', '=', 'Zandvoort')) })).data),
  },
]
