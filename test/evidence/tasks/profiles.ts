import { byEmail, byName, named, names } from '../raw-lookups.ts'
import { both, read, readAll, type Task, unix, where } from '../task.ts'

/** What is known of people: tags, segments, choices, attributes, notes, events. */
export const profiles: readonly Task[] = [
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
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'maren@cedarcove.example', sections: ['subscriptions'] }), /name: (.+)\n +state: opted out/),
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
      return named(events, 'took-booking').count
    },
    raw: async (raw) => {
      const { events } = await raw('list_data_events', { type: 'user', user_id: 'usr_1042', summary: true })
      return named(events, 'took-booking').count
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
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'Maren Okafor', sections: ['notes'] }), /author: (.+)\n +body: .*outfitters fair/),
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
      return read(notes[0].body, /Prefers (\w+)/)
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
      const { id } = named(data, 'VIP')
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
      const query = both(where('role', '=', 'user'), where('custom_attributes.plan', '=', 'Fleet'), where('last_seen_at', '>', unix('2025-11-14T00:00-05:00')))
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
