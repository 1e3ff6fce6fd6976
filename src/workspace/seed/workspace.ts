import type { AdminDocument, AppDocument } from '../admins.ts'
import type { TeamDocument } from '../teams.ts'
import type { Clock } from './clock.ts'

/** Pondwick, an invented maker of booking software for people who rent out boats, bikes and mountains. */
export const app = ({ ago }: Clock): AppDocument => ({
  id_code: 'pw7k2m9x',
  name: 'Pondwick',
  region: 'US',
  timezone: 'America/New_York',
  created_at: ago(1460, 14),
  secure: true,
  identity_verification: true,
})

/** Teams, by the name the seed calls them. Admins and teams never share an id: a ticket is assigned to either. */
export const teamIds = { support: '5530001', billing: '5530002', product: '5530003' } as const

const { support, billing, product } = teamIds

export const adminIds = {
  fin: '4810100',
  ines: '4810101',
  tobias: '4810102',
  priya: '4810103',
  dmitri: '4810104',
  lucia: '4810105',
  wes: '4810106',
} as const

export type Colleague = Exclude<keyof typeof adminIds, 'fin'>

/** "lucia" of "Lucía Ferrer". */
const login = (name: string): string => name.split(' ')[0]!.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const teammate = (id: string, name: string, job_title: string, team_ids: readonly string[]): AdminDocument => ({
  id,
  name,
  email: `${login(name)}@pondwick.example`,
  job_title,
  away_mode_enabled: false,
  away_mode_reassign: false,
  has_inbox_seat: true,
  email_verified: true,
  team_ids: team_ids.map(Number),
  avatar: `https://static.intercomassets.com/avatars/${id}/square_128/${login(name)}.png`,
  bot: false,
})

/** The first teammate is the one the workspace's own token acts for. */
export const colleagues: readonly AdminDocument[] = [
  teammate(adminIds.ines, 'Ines Calloway', 'Head of Support', [support]),
  teammate(adminIds.tobias, 'Tobias Renner', 'Support Specialist', [support, product]),
  { ...teammate(adminIds.priya, 'Priya Natarajan', 'Billing Lead', [billing]), away_mode_enabled: true, away_mode_reassign: true },
  teammate(adminIds.dmitri, 'Dmitri Halvorsen', 'Support Engineer', [product]),
  teammate(adminIds.lucia, 'Lucía Ferrer', 'Onboarding Specialist', [support, billing]),
  { ...teammate(adminIds.wes, 'Wes Adeyemi', 'Founder', []), has_inbox_seat: false, avatar: null },
]

/** Authors what nobody in particular did; is no colleague. */
export const fin: AdminDocument = {
  ...teammate(adminIds.fin, 'Fin', '', []),
  email: 'operator+pw7k2m9x@intercom.io',
  job_title: null,
  avatar: null,
  bot: true,
}

const membersOf = (teamId: string): number[] =>
  colleagues.filter(({ team_ids }) => team_ids.includes(Number(teamId))).map(({ id }) => Number(id))

export const teams: readonly TeamDocument[] = [
  { id: support, name: 'Customer Support', admin_ids: membersOf(support), distribution_method: 'round_robin' },
  { id: billing, name: 'Billing', admin_ids: membersOf(billing), distribution_method: 'manual' },
  { id: product, name: 'Product Fixes', admin_ids: membersOf(product), distribution_method: 'balanced' },
]
