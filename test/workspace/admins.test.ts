import { expect, test } from 'vitest'
import { getAdmin, identifyAdmin, listActivityLogs, listAdmins, setAwayAdmin } from '../../src/contract/admins.ts'
import { ines, opened, start } from './opened.ts'

const day = 86_400

test('me is a teammate with the workspace', async () => {
  const { ask } = opened()
  expect(await ask(identifyAdmin, {})).toMatchObject({
    type: 'admin',
    id: ines,
    name: 'Ines Calloway',
    email_verified: true,
    has_inbox_seat: true,
    avatar: { type: 'avatar', image_url: expect.stringMatching(/^https:/) as unknown },
    app: { type: 'app', id_code: 'pw7k2m9x', name: 'Pondwick', region: 'US', timezone: 'America/New_York', secure: true },
  })
})

test('the list has six teammates, and never the bot', async () => {
  const { ask } = opened()
  const { type, admins } = await ask(listAdmins, {})
  expect(type).toBe('admin.list')
  expect(admins).toHaveLength(6)
  expect(admins.map(({ name }) => name)).not.toContain('Fin')
  expect(admins.filter(({ away_mode_enabled }) => away_mode_enabled).map(({ name }) => name)).toEqual(['Priya Natarajan'])
  expect(admins.filter(({ has_inbox_seat }) => !has_inbox_seat).map(({ name }) => name)).toEqual(['Wes Adeyemi'])
  expect(admins[0]).not.toHaveProperty('avatar')
})

test('avatars come when asked for', async () => {
  const { ask } = opened()
  const { admins } = await ask(listAdmins, { display_avatar: true })
  expect(admins.every(({ avatar }) => typeof avatar === 'object' && avatar?.type === 'avatar')).toBe(true)
})

test('an admin is found by id; a stranger and the bot are not', async () => {
  const { ask, refusal } = opened()
  expect(await ask(getAdmin, { id: Number(ines) })).toMatchObject({ type: 'admin', id: ines, team_ids: [5_530_001] })
  expect(await refusal(getAdmin, { id: 123 })).toBe('404 admin_not_found: Admin not found')
  expect(await refusal(getAdmin, { id: 4_810_100 })).toBe('404 admin_not_found: Admin not found')
})

test.each(['abc', '1.5', '%00', '9'.repeat(23)])('what cannot be an id, such as %s, is an unknown admin', async (id) => {
  const { send } = opened()
  const unknown = (message: string) => ({ status: 404, body: { errors: [{ code: 'admin_not_found', message }] } })
  expect(await send(`GET /admins/${id}`)).toMatchObject(unknown('Admin not found'))
  const mode = { away_mode_enabled: true, away_mode_reassign: false }
  expect(await send(`PUT /admins/${id}/away`, mode)).toMatchObject(unknown('Admin for admin_id not found'))
})

test('away mode is set, answered, and logged', async () => {
  const { ask } = opened()
  const away = await ask(setAwayAdmin, { id: Number(ines), away_mode_enabled: true, away_mode_reassign: true })
  expect(away).toMatchObject({ id: ines, away_mode_enabled: true, away_mode_reassign: true })
  expect(await ask(getAdmin, { id: Number(ines) })).toMatchObject({ away_mode_enabled: true, away_mode_reassign: true })
  const { activity_logs } = await ask(listActivityLogs, { created_at_after: String(start) })
  expect(activity_logs).toHaveLength(1)
  expect(activity_logs[0]).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/) as unknown,
    performed_by: { type: 'admin', id: ines, email: 'ines@pondwick.example' },
    activity_type: 'admin_away_mode_change',
    created_at: start,
    metadata: { away_mode: true, reassign_conversations: true, update_by: Number(ines), update_by_name: 'Ines Calloway' },
  })
})

test('away mode needs a teammate and both settings', async () => {
  const { refusal } = opened()
  const mode = { away_mode_enabled: true, away_mode_reassign: false }
  expect(await refusal(setAwayAdmin, { id: 123, ...mode })).toBe('404 admin_not_found: Admin for admin_id not found')
  expect(await refusal(setAwayAdmin, { id: Number(ines), away_mode_enabled: true })).toMatch(/^400 /)
})

test('logs of a month come newest first, over several pages, and the last has next null', async () => {
  const { ask, send } = opened()
  const since = { created_at_after: String(start - 30 * day) }
  const first = await ask(listActivityLogs, since)
  expect(first).toMatchObject({ type: 'activity_log.list', pages: { type: 'pages', page: 1, per_page: 20, total_pages: 2 } })
  expect(first.activity_logs).toHaveLength(20)
  const times = first.activity_logs.map(({ created_at }) => created_at ?? 0)
  expect(times).toEqual(times.toSorted((a, b) => b - a))
  const next = new URL(first.pages?.next ?? '')
  const { body } = await send(`GET ${next.pathname}${next.search}`)
  expect(body).toMatchObject({ pages: { page: 2, next: null } })
  const ids = (logs: unknown) => (logs as { id: string }[]).map(({ id }) => id)
  const rest = ids((body as { activity_logs: unknown }).activity_logs)
  expect(rest.length).toBeGreaterThan(0)
  expect(new Set([...ids(first.activity_logs), ...rest]).size).toBe(20 + rest.length)
})

test('logs keep to the span asked for, which may also be ISO dates', async () => {
  const { ask, refusal } = opened()
  const all = await ask(listActivityLogs, { created_at_after: '0', per_page: 50 })
  const [, second] = all.activity_logs
  const at = second?.created_at ?? 0
  const only = { activity_logs: [{ id: second?.id }] }
  expect(await ask(listActivityLogs, { created_at_after: String(at), created_at_before: String(at) })).toMatchObject(only)
  const iso = new Date(at * 1000).toISOString()
  expect(await ask(listActivityLogs, { created_at_after: iso, created_at_before: iso })).toMatchObject(only)
  expect(await refusal(listActivityLogs, { created_at_after: 'yesterday' })).toMatch(/^400 parameter_invalid: created_at_after/)
  expect(await refusal(listActivityLogs, {})).toMatch(/^400 /)
})

test('beyond the last page there is an empty one', async () => {
  const { ask } = opened()
  expect(await ask(listActivityLogs, { created_at_after: '0', page: 99 })).toMatchObject({ activity_logs: [], pages: { page: 99, next: null } })
})
