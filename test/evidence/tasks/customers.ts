import { byEmail, byName, names } from '../raw-lookups.ts'
import { both, day, read, readAll, type Task, where } from '../task.ts'

/** Who somebody is, whatever is known of them. */
export const customers: readonly Task[] = [
  {
    question: 'Which plan is maren@cedarcove.example on?',
    answer: 'Fleet',
    ours: async ({ text }) => read(await text('who_is_customer', { customer: 'maren@cedarcove.example' }), /^ +plan: (.+)$/m),
    raw: async (raw) => (await byEmail(raw, 'maren@cedarcove.example')).custom_attributes.plan,
  },
  {
    question: 'What goes on with priyanka@powderlantern.example: how many conversations are open, how many tickets unresolved?',
    answer: [3, 3],
    ours: async ({ text }) => {
      const known = await text('who_is_customer', { customer: 'priyanka@powderlantern.example' })
      return [/conversations \d+ \((\d+) open/, /tickets \d+ \((\d+) not resolved/].map((pattern) => Number(read(known, pattern)))
    },
    raw: async (raw) => {
      const { id } = await byEmail(raw, 'priyanka@powderlantern.example')
      const { conversations } = await raw('search_conversations', { query: where('contact_ids', '=', id) })
      const { tickets } = await raw('search_tickets', { query: where('contact_ids', '=', id) })
      const open = conversations.filter(({ state }: { state: string }) => state === 'open')
      const unresolved = tickets.filter(({ ticket_state }: { ticket_state: { category: string } }) => ticket_state.category !== 'resolved')
      return [open.length, unresolved.length]
    },
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
]
