import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { cancelDataExport, createDataExport, downloadDataExport, getDataExport } from '../../src/contract/data-export.ts'
import { asking, morning } from './asking.ts'
import { maren, opened, start, tobias } from './opened.ts'

const ever = { created_at_after: 0, created_at_before: start + 86_400 }
const twoDays = 2 * 86_400
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

/** The files of an archive, as tar itself reads it, by name. */
const filesIn = (bytes: Buffer): Record<string, string> => {
  const folder = mkdtempSync(join(tmpdir(), 'export-'))
  folders.push(folder)
  execFileSync('tar', ['-xzf', '-', '-C', folder], { input: bytes })
  return Object.fromEntries(readdirSync(folder).sort().map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

const table = (csv: string): Record<string, string>[] => {
  const [header, ...rows] = csv.trim().split('\n').map((line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''))
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [header![index], cell])))
}

/** A workspace whose files are asked for as they must be. */
const exporting = (seed: 'demo' | 'empty' = 'demo') => {
  const { ask, workspace, clock } = asking({ seed })
  const download = (id: string, accept = 'application/octet-stream') =>
    workspace.fetch(new Request(`http://workspace.localhost/download/content/data/${id}`, { headers: { authorization: `Bearer ${workspace.token}`, accept } }))
  const exported = async (created_at_after: number, created_at_before: number) => {
    const { job_identifier } = (await ask('POST', '/export/content/data', { created_at_after, created_at_before })).body
    clock.seconds += 10
    return Buffer.from(await (await download(job_identifier)).arrayBuffer())
  }
  return { ask, clock, download, exported }
}

describe('a job', () => {
  test('waits, works, and ends with a file that can be had for two days', async () => {
    const { ask, later, now } = opened()
    const { job_identifier, ...job } = await ask(createDataExport, ever)
    expect(job_identifier).toMatch(/^[a-z\d]{16}$/)
    expect(job).toEqual({ job_identfier: job_identifier, status: 'pending', download_url: '', download_expires_at: '' })
    const status = async () => (await ask(getDataExport, { job_identifier: job_identifier! })).status
    expect([await status(), later(2) && (await status()), later(7) && (await status())]).toEqual(['pending', 'in_progress', 'in_progress'])
    later(1)
    expect(await ask(getDataExport, { job_identifier: job_identifier! })).toMatchObject({
      status: 'completed',
      download_url: `http://workspace.test/download/content/data/${job_identifier}`,
      download_expires_at: String(now() + twoDays),
    })
  })

  test('takes fractions of a second', async () => {
    expect((await opened({ seed: 'empty' }).send('POST /export/content/data', { created_at_after: 0.5, created_at_before: start + 0.5 })).status).toBe(200)
  })

  test('is the only one at its time', async () => {
    const { ask, refusal, later } = opened()
    await ask(createDataExport, ever)
    expect(await refusal(createDataExport, ever)).toBe('429 rate_limit_exceeded: Exceeded rate limit of 1 pending message data export jobs')
    later(10)
    await ask(createDataExport, ever)
    later(-86_400) // what runs tomorrow does not run today
    await ask(createDataExport, ever)
  })

  test('may be canceled while it works, once and again, and makes room for another', async () => {
    const { ask, refusal, later } = opened()
    const job_identifier = (await ask(createDataExport, ever)).job_identifier!
    later(3)
    for (const _ of [1, 2]) expect(await ask(cancelDataExport, { job_identifier })).toMatchObject({ status: 'canceled', download_url: '' })
    await ask(createDataExport, ever)
    later(60)
    expect((await ask(getDataExport, { job_identifier })).status).toBe('canceled')
    expect(await refusal(downloadDataExport, { job_identifier })).toBe('404 not_found: Object not found: the job is canceled, and only a completed one has a file.')
  })

  test('is not canceled any more once it has ended', async () => {
    const { ask, refusal, later } = opened()
    const { job_identifier } = await ask(createDataExport, ever)
    later(10)
    expect(await refusal(cancelDataExport, { job_identifier })).toMatch(/^400 job_closed/)
  })

  test('of a time in which nothing was sent has no data', async () => {
    const { ask, later } = opened({ seed: 'empty' })
    const { job_identifier } = await ask(createDataExport, ever)
    later(10)
    expect(await ask(getDataExport, { job_identifier: job_identifier! })).toMatchObject({ status: 'no_data', download_url: '', download_expires_at: '' })
  })

  test.each([
    ['no end', createDataExport, { created_at_after: 0 }, '400 parameter_not_found: created_at_before'],
    ['no beginning', createDataExport, { created_at_before: 0 }, '400 parameter_not_found: created_at_after'],
    ['an end before the beginning', createDataExport, { created_at_after: 2, created_at_before: 1 }, '400 parameter_invalid'],
    ['an unknown job', getDataExport, { job_identifier: 'nothing' }, '404 not_found: The requested resource does not exist.'],
    ['an unknown job to cancel', cancelDataExport, { job_identifier: 'nothing' }, '404 not_found: The requested resource does not exist.'],
  ])('%s is refused', async (_, operation, wrong, expected) => {
    expect(await opened({ seed: 'empty' }).refusal(operation, wrong)).toContain(expected)
  })
})

describe('the file', () => {
  test('is sent as one, whatever else is asked for refused', async () => {
    const { ask, clock, download } = exporting()
    const { job_identifier } = (await ask('POST', '/export/content/data', ever)).body
    clock.seconds += 10
    const response = await download(job_identifier)
    expect([response.status, response.headers.get('content-type'), response.headers.get('content-disposition')]).toEqual([
      200,
      'application/octet-stream',
      `attachment; filename="${job_identifier}.tar.gz"`,
    ])
    expect((await download(job_identifier, '*/*')).status).toBe(200)
    const refused = await download(job_identifier, 'application/json')
    expect([refused.status, await refused.json()]).toMatchObject([406, { type: 'error.list', errors: [{ message: expect.stringContaining('application/octet-stream') as string }] }])
  })

  test('tells what was sent in the timeframe, both ends included, and what became of it', async () => {
    const { ask, clock, exported } = exporting('empty')
    const people = []
    for (const [name, email] of [['Okafor, "Mo"', 'mo@example.test'], ['Kim', 'kim@example.test']]) people.push((await ask('POST', '/contacts', { name, email, external_id: email })).body.id)
    const [mo, kim] = people as [string, string]
    const from = { type: 'admin', id: tobias }
    const at = clock.seconds
    await ask('POST', '/messages', { from, to: { type: 'user', id: mo }, body: 'too early', created_at: at - 1 })
    const first = (await ask('POST', '/messages', { from, to: { type: 'user', id: mo }, body: '<p>Are you\nthere?</p>' })).body
    const second = (await ask('POST', '/messages', { from, to: { type: 'user', id: kim }, message_type: 'email', template: 'plain', subject: 'Spring', body: 'b', created_at: at + 5 })).body
    await ask('POST', '/messages', { from: { type: 'user', id: kim }, body: 'asked for' })
    await ask('POST', '/messages', { from, to: { type: 'user', id: mo }, body: 'too late', created_at: at + 6 })
    clock.seconds += 60
    await ask('POST', '/conversations/last/reply', { type: 'user', intercom_user_id: mo, message_type: 'comment', body: 'late' })
    const files = filesIn(await exported(at, at + 5))
    const stamp = new Date(clock.seconds * 1000).toISOString().replace(/[-:]/g, '').replace('T', '_').slice(0, 15)
    expect(Object.keys(files)).toEqual([`receipts_${stamp}.csv`])
    const receipts = files[`receipts_${stamp}.csv`]!
    expect(receipts.split('\n')[0]).toMatch(/^user_id,user_external_id,company_id,email,name,ruleset_id,.*,first_dismisall,first_unsubscribe,first_hard_bounce$/)
    expect(table(receipts)).toMatchObject([
      { user_id: mo, user_external_id: 'mo@example.test', company_id: '-1', name: 'Okafor, "Mo"', ruleset_id: first.id, content_type: 'Chat', content_title: 'Are you there?', received_at: String(at), series_id: '-1', first_reply: '' },
      { user_id: kim, content_type: 'Email', content_title: 'Spring', ruleset_id: second.id, received_at: String(at + 5) },
    ])
  })

  test('has every reply to a message, and the mail that came back', async () => {
    const { ask, clock, exported } = exporting()
    const from = { type: 'admin', id: tobias }
    const sent = (await ask('POST', '/messages', { from, to: { type: 'user', id: maren.id }, body: 'Did the sync work?' })).body
    for (const body of ['No', 'Not at all']) {
      clock.seconds += 60
      await ask('POST', '/conversations/last/reply', { type: 'user', intercom_user_id: maren.id, message_type: 'comment', body })
    }
    const files = filesIn(await exported(0, clock.seconds))
    const names = Object.keys(files).map((name) => name.replace(/_\d+_\d+\.csv$/, ''))
    expect(names).toEqual(['hard_bounce', 'receipts', 'reply'])
    const [bounces, receipts, replies] = Object.values(files).map(table) as [Record<string, string>[], Record<string, string>[], Record<string, string>[]]
    const receipt = receipts.find(({ ruleset_id }) => ruleset_id === sent.id)!
    expect(receipt.first_reply).toBe(String(morning + 60))
    expect(replies.filter(({ receipt_id }) => receipt_id === receipt.receipt_id).map(({ replied_at }) => replied_at)).toEqual([String(morning + 60), String(morning + 120)])
    const bounced = receipts.find(({ receipt_id }) => receipt_id === bounces[0]!.receipt_id)!
    expect(bounced).toMatchObject({ email: 'walt@tallgrass.example', first_hard_bounce: bounces[0]!.hard_bounced_at })
    expect(new Set(receipts.map(({ receipt_id }) => receipt_id)).size).toBe(receipts.length)
  })

  test('still tells of people who are gone', async () => {
    const { ask, clock, exported } = exporting('empty')
    const { id } = (await ask('POST', '/contacts', { role: 'lead', name: 'Kim' })).body
    await ask('POST', '/messages', { from: { type: 'admin', id: tobias }, to: { type: 'lead', id }, body: 'Bye' })
    await ask('DELETE', `/contacts/${id}`)
    const [receipts] = Object.values(filesIn(await exported(0, clock.seconds)))
    expect(table(receipts!)).toMatchObject([{ user_id: id, name: 'Kim' }])
  })

  test('is the same to the byte for the same content', async () => {
    const { exported } = exporting()
    const { exported: again } = exporting()
    const [one, other] = [await exported(0, morning), await again(0, morning)]
    expect(one.equals(other)).toBe(true)
    expect(gunzipSync(one).length % 512).toBe(0)
  })

  test('of the seed can be downloaded at once', async () => {
    const { download, clock } = exporting()
    expect(Object.keys(filesIn(Buffer.from(await (await download('k7q2m9x4w0f3v8pt')).arrayBuffer())))).toContainEqual(expect.stringMatching(/^receipts_/))
    clock.seconds += twoDays
    const late = await download('k7q2m9x4w0f3v8pt')
    expect([late.status, await late.json()]).toMatchObject([404, { errors: [{ code: 'not_found', message: 'Object not found: it was kept for two days.' }] }])
  })

  test.each([0, 5])('is not there %i seconds after it was asked for', async (seconds) => {
    const { ask, clock, download } = exporting()
    const { job_identifier } = (await ask('POST', '/export/content/data', ever)).body
    clock.seconds += seconds
    expect((await download(job_identifier)).status).toBe(404)
    expect(await (await download('nothing')).json()).toMatchObject({ errors: [{ message: 'The requested resource does not exist.' }] })
  })
})
