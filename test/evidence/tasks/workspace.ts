import { type Named, named, names } from '../raw-lookups.ts'
import { plain, read, type Task } from '../task.ts'

/** What things are called here, and what our help pages say. */
export const workspace: readonly Task[] = [
  {
    question: 'Who is in the team Billing?',
    answer: ['Lucía Ferrer', 'Priya Natarajan'],
    ours: async ({ text }) => read(await text('describe_workspace', { about: ['teams'] }), /name: Billing\n +admins: (.+)/).split(', ').sort(),
    raw: async (raw) => {
      const { teams } = await raw('list_teams')
      const { admins } = await raw('list_admins')
      const { admin_ids } = named(teams, 'Billing')
      return names(admins.filter(({ id }: Named) => admin_ids.includes(Number(id))))
    },
  },
  {
    question: 'Is Priya Natarajan away?',
    answer: true,
    ours: async ({ data }) => {
      const { workspace } = await data('describe_workspace', { about: ['admins'] })
      return named(workspace.admins, 'Priya Natarajan').away_mode_enabled
    },
    raw: async (raw) => named((await raw('list_admins')).admins, 'Priya Natarajan').away_mode_enabled,
  },
  {
    question: 'What is the id of the tag Churn risk?',
    answer: '8020003',
    ours: async ({ text }) => read(await text('describe_workspace', { about: ['tags'] }), /Churn risk \((\d+)\)/),
    raw: async (raw) => named((await raw('list_tags')).data, 'Churn risk').id,
  },
  {
    question: 'Which severities can a booking problem have?',
    answer: ['Low', 'Medium', 'High', 'Critical'],
    ours: async ({ text }) => read(await text('describe_workspace', { about: ['ticket_types'] }), /Severity\n(?: +(?:data_type|required): .+\n)+ +one_of: (.+)/).split(', '),
    raw: async (raw) => {
      const { data } = await raw('list_ticket_types')
      const { ticket_type_attributes } = named(data, 'Booking problem')
      return named(ticket_type_attributes.data, 'Severity').input_options.list_options.map(({ label }: { label: string }) => label)
    },
  },
  {
    question: 'Which plans are there?',
    answer: ['Starter', 'Crew', 'Fleet'],
    ours: async ({ text }) => read(await text('describe_workspace', { about: ['attributes'] }), /name: plan\n.+\n +one_of: (.+)/).split(', '),
    raw: async (raw) => {
      const { data } = await raw('list_data_attributes', { model: 'contact' })
      return named(data, 'plan').options
    },
  },
  {
    question: 'Which segments do we have?',
    answer: ['Active', 'Big fleets', 'Leads', 'New', 'Slipping away'],
    ours: async ({ data }) => names((await data('describe_workspace', { about: ['segments'] })).workspace.segments).sort(),
    raw: async (raw) => names((await raw('list_segments')).segments),
  },
  {
    question: 'How long does a refund take, by our help pages?',
    answer: 'five working days',
    ours: async ({ text }) => {
      const id = read(await text('search_articles', { phrase: 'refund' }), /id: (\d+)/)
      return read(await text('get_article', { id }), /within ([\w ]+)\./)
    },
    raw: async (raw) => /within ([\w ]+)\./.exec((await raw('search_articles', { phrase: 'refund', state: 'published' })).data.articles[0].body)![1]!,
  },
  {
    question: 'What is our page about refunds called in French?',
    answer: 'Rembourser un client',
    ours: async ({ data }) => {
      const { articles } = await data('search_articles', { phrase: 'refund', per_page: 1 })
      return (await data('get_article', { id: articles[0].id, locale: 'fr', fields: ['title'] })).article.title
    },
    raw: async (raw) => (await raw('search_articles', { phrase: 'refund', state: 'published' })).data.articles[0].translated_content.fr.title,
  },
  {
    question: 'How do guests sign a waiver, in the words of our French page?',
    answer: 'Chaque client reçoit un lien la veille et signe sur son téléphone.',
    ours: async ({ data }) => {
      const { articles } = await data('search_articles', { phrase: 'waivers phone', per_page: 1 })
      return (await data('get_article', { id: articles[0].id, locale: 'fr', fields: ['body'] })).article.body
    },
    raw: async (raw) => {
      const { data } = await raw('search_articles', { phrase: 'waivers phone', state: 'published' })
      return plain(data.articles[0].translated_content.fr.body)
    },
  },
  {
    question: 'Who wrote our page about API keys?',
    answer: 'Dmitri Halvorsen',
    ours: async ({ text }) => {
      const id = read(await text('search_articles', { phrase: 'API key', per_page: 1 }), /id: (\d+)/)
      return read(await text('get_article', { id }), /author: (.+)/)
    },
    raw: async (raw) => {
      const { data } = await raw('search_articles', { phrase: 'API key', state: 'published' })
      return (await raw('get_admin', { id: String(data.articles[0].author_id) })).name
    },
  },
  {
    question: 'Which page for Fin tells how to set up the kiosk?',
    answer: 'https://help.pondwick.example/set-up/kiosk',
    ours: async ({ data }) => {
      const { external_pages } = await data('call_read_operation', { operation: 'list_external_pages', input: { per_page: 150, fields: ['title', 'url'] } })
      return external_pages.find(({ title }: { title: string }) => title === 'Set up: The kiosk').url
    },
    raw: async (raw) => {
      const { data } = await raw('list_external_pages', { per_page: 150 })
      return data.find(({ title }: { title: string }) => title === 'Set up: The kiosk').url
    },
  },
]
