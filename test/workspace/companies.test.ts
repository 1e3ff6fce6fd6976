import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Company } from '../../src/contract/company.ts'
import { type Answer, asking, morning, newForEachTest, refused } from './asking.ts'

const room = newForEachTest()
const { ask } = room

const ids = ({ body }: Answer): string[] => body.data.map(({ id }: { id: string }) => id)
const upsert = async (fields: object) => (await ask('POST', '/companies', fields)).body
const attach = (contact: string, id: unknown) => ask('POST', `/contacts/${contact}/companies`, { id })
const join = async (email: string, company: string): Promise<string> => {
  const { id } = (await ask('POST', '/contacts', { email })).body
  expect((await attach(id, company)).status).toBe(200)
  return id
}

/** Companies of the seed, and a customer of the first. */
const company = (number: number): string => `66f0c3d1a7b24e20${number.toString(16).padStart(8, '0')}`
const [cedar, powder, tarn] = [company(1), company(5), company(9)]
const maren = '66f0c3d1a7b24e1000000001'
const nobody = 'f'.repeat(24)
const notFound = '404 company_not_found: Company Not Found'

describe('a company', () => {
  test('is made with what is known of it, and has no key for what is not', async () => {
    const made = await upsert({ company_id: 'ACME-1', name: 'Acme', unheard_of: 1 })
    expect(Company.parse(made)).toEqual(made)
    expect(made).toEqual({
      type: 'company',
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
      company_id: 'ACME-1',
      app_id: 'pw7k2m9x',
      name: 'Acme',
      created_at: morning,
      updated_at: morning,
      monthly_spend: 0,
      session_count: 0,
      user_count: 0,
      plan: {},
      custom_attributes: {},
      tags: { type: 'tag.list', tags: [] },
      segments: { type: 'segment.list', segments: [] },
    })
    expect((await ask('GET', `/companies/${made.id}`)).body).toEqual(made)
  })

  test('is changed, not made, when its company_id is known, and that never changes', async () => {
    const { id } = await upsert({ company_id: 'ACME-1', name: 'Acme', size: 3 })
    room.clock.seconds += 60
    expect(await upsert({ company_id: 'ACME-1', website: 'acme.example' })).toMatchObject({ id, name: 'Acme', size: 3, website: 'acme.example', updated_at: morning + 60, created_at: morning })
    expect((await upsert({ company_id: 'acme-1', name: 'Another' })).id).not.toBe(id)
    expect((await ask('PUT', `/companies/${id}`, { company_id: 'other', name: 'Acme & Co' })).body).toMatchObject({ id, company_id: 'ACME-1', name: 'Acme & Co', size: 3 })
  })

  test('may have a name alone or an id alone, but not neither', async () => {
    const one = await upsert({ name: 'Acme' })
    const other = await upsert({ name: 'Acme' })
    expect(other.id).not.toBe(one.id)
    expect(other.company_id).not.toBe(one.company_id)
    expect(await upsert({ company_id: 'bare' })).toMatchObject({ company_id: 'bare', name: 'bare' })
    expect(refused(await ask('POST', '/companies', { test: 'invalid' }))).toBe("400 bad_request: bad 'test' parameter")
    expect(refused(await ask('POST', '/companies', { website: 'acme.example' }))).toBe("400 bad_request: bad 'company_id' parameter")
  })

  test('takes a plan by name and answers an object, the same for the same name', async () => {
    const one = await upsert({ company_id: '1', plan: 'Fleet' })
    expect(one.plan).toEqual({ type: 'plan', id: (await ask('GET', `/companies/${cedar}`)).body.plan.id, name: 'Fleet' })
    const [solo, again] = [await upsert({ company_id: '2', plan: 'Solo' }), await upsert({ company_id: '3', plan: 'Solo' })]
    expect(again.plan).toEqual(solo.plan)
    expect(solo.plan.id).not.toBe(one.plan.id)
    expect((await upsert({ company_id: '2', plan: null })).plan).toEqual({})
  })

  test('cuts decimals off what it spends, up to a limit', async () => {
    expect(await upsert({ company_id: '1', monthly_spend: 155.98 })).toMatchObject({ monthly_spend: 155 })
    expect(await upsert({ company_id: '1', monthly_spend: '2147483647' })).toMatchObject({ monthly_spend: 2_147_483_647 })
    expect(refused(await ask('POST', '/companies', { company_id: '1', monthly_spend: 2_147_483_648 }))).toMatch(/^400 parameter_invalid/)
  })

  test('has only custom attributes that are defined for companies; they are merged by name', async () => {
    expect((await ask('PUT', `/companies/${cedar}`, { custom_attributes: { fleet_size: '90', renews_on: null } })).body.custom_attributes).toMatchObject({ fleet_size: 90, activity: 'Sea kayaking' })
    expect((await ask('GET', `/companies/${cedar}`)).body.custom_attributes).not.toHaveProperty('renews_on')
    expect(refused(await ask('PUT', `/companies/${cedar}`, { custom_attributes: { seats: 1 } }))).toBe("400 parameter_invalid: Custom attribute 'seats' does not exist")
    expect(refused(await ask('POST', '/companies', { company_id: 'new', custom_attributes: { seats: 1 } }))).toMatch(/^400 parameter_invalid/)
    expect(refused(await ask('GET', '/companies?company_id=new'))).toBe(notFound)
  })

  test('loses size, website, industry and date when they are null', async () => {
    const { body } = await ask('PUT', `/companies/${cedar}`, { size: null, website: null, industry: null, remote_created_at: null })
    for (const key of ['size', 'website', 'industry', 'remote_created_at']) expect(body).not.toHaveProperty(key)
  })

  test('that is not there is a 404, whatever is asked of it', async () => {
    for (const id of [nobody, 'co_201', '%20'])
      for (const [method, path] of [['GET', ''], ['PUT', ''], ['DELETE', ''], ['GET', '/contacts'], ['GET', '/segments']] as const)
        expect(refused(await ask(method, `/companies/${id}${path}`, method === 'PUT' ? { name: 'x' } : undefined))).toBe(notFound)
  })
})

describe('finding a company', () => {
  test('by an id of your own or by name gives the one', async () => {
    expect((await ask('GET', '/companies?company_id=co_205')).body).toMatchObject({ type: 'company', id: powder })
    expect((await ask('GET', '/companies?name=cedar%20cove%20kayaks')).body).toMatchObject({ type: 'company', id: cedar })
    expect((await ask('GET', '/companies?name=Cedar%20Cove%20Kayaks&company_id=co_205')).body.id).toBe(powder)
    expect((await ask('GET', '/companies?company_id=co_209')).body).toMatchObject({ id: tarn, user_count: 0 })
    for (const query of ['name=Cedar', 'company_id=CO_205', 'name=', 'company_id=']) expect(refused(await ask('GET', `/companies?${query}`)), query).toBe(notFound)
  })

  test('by tag or segment gives a list of those that have people', async () => {
    const tagged = await ask('GET', '/companies?tag_id=8020010')
    expect(ids(tagged)).toEqual([company(3), powder])
    expect(tagged.body).toMatchObject({ type: 'list', total_count: 2, pages: { type: 'pages', next: null, page: 1, per_page: 15, total_pages: 1 } })
    const { segments } = (await ask('GET', `/companies/${cedar}`)).body
    expect(ids(await ask('GET', `/companies?segment_id=${segments.segments[0].id}`))).toEqual([cedar, powder])
    expect(ids(await ask('GET', `/companies?segment_id=${segments.segments[0].id}&tag_id=8020010`))).toEqual([powder])
    expect((await ask('GET', '/companies?tag_id=1')).body).toMatchObject({ data: [], total_count: 0 })
    const first = await ask('GET', '/companies?tag_id=8020010&per_page=1')
    expect(first.body.pages.next).toBe('http://workspace.localhost/companies?tag_id=8020010&per_page=1&page=2')
  })
})

describe('the list', () => {
  const list = (query = '') => ask('POST', `/companies/list${query}`)

  test('comes by last activity, newest first or last', async () => {
    const down = await list()
    expect(down.body.data.map((one: { last_request_at?: number }) => one.last_request_at ?? 0)).toEqual(
      down.body.data.map((one: { last_request_at?: number }) => one.last_request_at ?? 0).toSorted((a: number, b: number) => b - a),
    )
    expect(ids(await list('?order=asc'))).toEqual(ids(down).toReversed())
    expect(refused(await list('?order=up'))).toMatch(/^400 parameter_invalid/)
  })

  test('leaves out who has no people until somebody joins', async () => {
    expect(ids(await list())).toHaveLength(8)
    expect(ids(await list())).not.toContain(tarn)
    const contact = await join('first@tarntumble.example', tarn)
    expect(ids(await list())).toContain(tarn)
    expect((await list()).body.total_count).toBe(9)
    await ask('POST', `/contacts/${contact}/archive`)
    expect(ids(await list())).not.toContain(tarn)
    expect((await ask('GET', `/companies/${tarn}`)).body.user_count).toBe(0)
    await ask('POST', `/contacts/${contact}/unarchive`)
    expect(ids(await list())).toContain(tarn)
    await ask('DELETE', `/contacts/${contact}`)
    expect(ids(await list())).not.toContain(tarn)
  })

  test('takes its pages from the query, and is empty beyond the last', async () => {
    const [one, two] = [await list('?per_page=5'), await list('?per_page=5&page=2')]
    expect(one.body.pages).toEqual({ type: 'pages', next: 'http://workspace.localhost/companies/list?order=desc&per_page=5&page=2', page: 1, per_page: 5, total_pages: 2 })
    expect(two.body.pages.next).toBeNull()
    expect([...ids(one), ...ids(two)]).toEqual(ids(await list()))
    expect((await list('?per_page=5&page=3')).body).toMatchObject({ data: [], total_count: 8 })
    expect((await ask('POST', '/companies/list', { per_page: 1 })).body.data).toHaveLength(8)
  })

  test('holds 60 a page at most, and leads to ten thousand', async () => {
    for (const query of ['?per_page=61', '?per_page=0', '?page=0', '?page=x']) expect(refused(await list(query)), query).toMatch(/^400 parameter_invalid/)
    expect((await list('?per_page=50&page=200')).body.data).toEqual([])
    const limit = '400 parameter_invalid: page limit reached, please use scroll API'
    expect(refused(await list('?per_page=50&page=201'))).toBe(limit)
    expect(refused(await ask('GET', '/companies?page=667'))).toBe(limit)
  })
})

describe('the scroll', () => {
  const scroll = (param?: string) => ask('GET', `/companies/scroll${param === undefined ? '' : `?scroll_param=${param}`}`)
  const exists = '400 scroll_exists: scroll already exists for this workspace'
  const gone = '404 not_found: scroll parameter not found'

  /** Companies with one member each, so that there is more than one page. */
  const fill = async (count: number) => {
    for (let number = 0; number < count; number++) await attach(maren, (await upsert({ company_id: `many_${number}` })).id)
  }

  test('gives everybody once, a hundred at a time, under one parameter', async () => {
    await fill(195)
    const pages = [await scroll()]
    const param: string = pages[0]!.body.scroll_param
    expect(pages[0]!.body).toMatchObject({ type: 'list', pages: null, total_count: null, scroll_param: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    while (pages.at(-1)!.body.data.length > 0) pages.push(await scroll(param))
    expect(pages.map(({ body }) => body.data.length)).toEqual([100, 100, 3, 0])
    expect(pages.slice(0, 3).map(({ body }) => body.scroll_param)).toEqual([param, param, param])
    expect(new Set(pages.flatMap(ids)).size).toBe(203)
    expect(pages[3]!.body.scroll_param).toBe('')
    expect(refused(await scroll(param))).toBe(gone)
    expect((await scroll()).body.data).toHaveLength(100)
  })

  test('is not disturbed by what changes meanwhile', async () => {
    await fill(95)
    const first = await scroll()
    const [before, after] = [ids(first)[10]!, (await ask('GET', '/companies?company_id=many_94')).body.id]
    await ask('PUT', `/companies/${before}`, { name: 'Renamed' })
    await ask('DELETE', `/companies/${after}`)
    await attach(maren, (await upsert({ company_id: 'late' })).id)
    await attach(maren, tarn) // there all along, and not yet passed over
    const second = await scroll(first.body.scroll_param)
    expect(second.body.data.map(({ name }: { name: string }) => name)).toEqual(['many_92', 'many_93'])
    expect(ids(first)).not.toContain(tarn)
  })

  test('is one at a time, whoever asks', async () => {
    const { body } = await scroll()
    expect(refused(await scroll())).toBe(exists)
    expect(refused(await scroll('nonsense'))).toBe(gone)
    expect((await scroll(body.scroll_param)).body.data).toEqual([])
  })

  test('ends a minute after its last call, by the clock of the workspace', async () => {
    const { body } = await scroll()
    room.clock.seconds += 59
    expect(refused(await scroll())).toBe(exists)
    room.clock.seconds += 1
    expect(refused(await scroll(body.scroll_param))).toBe(gone)
    const again = await scroll()
    expect(again.body.scroll_param).not.toBe(body.scroll_param)
    room.clock.seconds += 59
    expect((await scroll(again.body.scroll_param)).status).toBe(200)
  })

  test('ends when the workspace is laid anew, or its clock set back', async () => {
    const { body } = await scroll()
    room.clock.seconds -= 1
    expect((await scroll()).status).toBe(200)
    const reset = new Request('http://workspace.localhost/_workspace/reset', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
    expect((await room.workspace.control(reset)).status).toBe(200)
    expect(refused(await scroll(body.scroll_param))).toBe(gone)
    expect((await scroll()).body.data).toHaveLength(8)
  })

  test('of an empty workspace is over at once', async () => {
    const empty = asking({ seed: 'empty' })
    for (const _ of [1, 2]) expect((await empty.ask('GET', '/companies/scroll')).body).toEqual({ type: 'list', data: [], pages: null, total_count: null, scroll_param: '' })
    empty.workspace.close()
  })
})

describe('members', () => {
  test('join: the contact, the company and both lists say so', async () => {
    const before = (await ask('GET', `/companies/${powder}`)).body
    const { body } = await attach(maren, powder)
    expect(body).toMatchObject({ type: 'company', id: powder, user_count: before.user_count + 1, updated_at: morning })
    const contact = (await ask('GET', `/contacts/${maren}`)).body
    expect(contact).toMatchObject({ updated_at: morning, companies: { total_count: 2 } })
    expect(contact.companies.data).toContainEqual({ id: powder, type: 'company', url: `/companies/${powder}` })
    expect(ids(await ask('GET', `/contacts/${maren}/companies`))).toEqual([cedar, powder])
    expect(ids(await ask('GET', `/companies/${powder}/contacts?per_page=150`))).toContain(maren)
  })

  test('join once, however often they are added', async () => {
    await attach(maren, powder)
    room.clock.seconds += 60
    expect((await attach(maren, powder)).status).toBe(200)
    expect((await ask('GET', `/contacts/${maren}`)).body).toMatchObject({ updated_at: morning, companies: { total_count: 2 } })
  })

  test('leave: both stay', async () => {
    const { user_count } = (await ask('GET', `/companies/${cedar}`)).body
    expect((await ask('DELETE', `/contacts/${maren}/companies/${cedar}`)).body).toMatchObject({ type: 'company', id: cedar, user_count: user_count - 1 })
    expect((await ask('GET', `/contacts/${maren}`)).body).toMatchObject({ updated_at: morning, companies: { data: [], total_count: 0 } })
    expect(refused(await ask('DELETE', `/contacts/${maren}/companies/${cedar}`))).toBe(notFound)
  })

  test('are refused in the words of the API', async () => {
    expect(refused(await ask('POST', `/contacts/${maren}/companies`, {}))).toBe('400 parameter_not_found: company not specified')
    expect(refused(await ask('POST', `/contacts/${maren}/companies`))).toBe('400 parameter_not_found: company not specified')
    expect(refused(await attach(maren, '123'))).toBe(notFound)
    expect(refused(await attach(nobody, cedar))).toBe('404 not_found: User Not Found')
    expect(refused(await ask('DELETE', `/contacts/${nobody}/companies/${cedar}`))).toBe('404 not_found: User Not Found')
    expect(refused(await ask('DELETE', `/contacts/${maren}/companies/${nobody}`))).toBe(notFound)
  })

  test('can be in a thousand companies', async () => {
    room.clock.seconds += 10
    for (let number = 0; number < 999; number++) {
      if (number % 500 === 0) room.clock.seconds += 10 // another window of the rate limit
      await attach(maren, (await upsert({ company_id: `many_${number}` })).id)
    }
    expect((await ask('GET', `/contacts/${maren}`)).body.companies.total_count).toBe(1000)
    expect(refused(await attach(maren, powder))).toBe('400 contact_company_limit_exceeded: Contact has reached the maximum of 1000 company associations')
    expect((await attach(maren, cedar)).status).toBe(200)
  })

  test('are listed oldest first in numbered pages, without those out of sight', async () => {
    const everybody = await ask('GET', `/companies/${cedar}/contacts`)
    const { total_count } = everybody.body
    expect(everybody.body).toMatchObject({ type: 'list', pages: { type: 'pages', page: 1, per_page: 50, total_pages: 1 } })
    expect(everybody.body.pages).not.toHaveProperty('next')
    expect(everybody.body.data).toHaveLength(total_count)
    expect(ids(everybody)[0]).toBe(maren)
    const [one, two] = [await ask('GET', `/companies/${cedar}/contacts?per_page=7`), await ask('GET', `/companies/${cedar}/contacts?per_page=7&page=2`)]
    expect(one.body.pages.next).toBe(`http://workspace.localhost/companies/${cedar}/contacts?per_page=7&page=2`)
    expect([...ids(one), ...ids(two)]).toEqual(ids(everybody))
    await ask('POST', `/contacts/${maren}/archive`)
    expect((await ask('GET', `/companies/${cedar}/contacts`)).body.total_count).toBe(total_count - 1)
    expect((await ask('GET', `/companies/${cedar}`)).body.user_count).toBe(total_count - 1)
  })

  test('go with a lead who is merged', async () => {
    const lead = (await ask('POST', '/contacts', { role: 'lead', email: 'lead@tarntumble.example' })).body.id
    await attach(lead, tarn)
    await ask('POST', '/contacts/merge', { from: lead, into: maren })
    expect(ids(await ask('GET', `/companies/${tarn}/contacts`))).toEqual([maren])
  })
})

test('a deleted company is gone, and its people stay without it', async () => {
  const hidden = await join('hidden@cedarcove.example', cedar)
  await ask('POST', `/contacts/${hidden}/archive`)
  expect((await ask('DELETE', `/companies/${cedar}`)).body).toEqual({ id: cedar, object: 'company', deleted: true })
  expect(refused(await ask('DELETE', `/companies/${cedar}`))).toBe(notFound)
  expect(refused(await ask('GET', '/companies?company_id=co_201'))).toBe(notFound)
  expect((await ask('GET', `/contacts/${maren}`)).body).toMatchObject({ updated_at: morning, companies: { total_count: 0 } })
  await ask('POST', `/contacts/${hidden}/unarchive`)
  expect((await ask('GET', `/contacts/${hidden}`)).body.companies.total_count).toBe(0)
  expect((await upsert({ company_id: 'co_201', name: 'Back again' })).id).not.toBe(cedar)
})

test('the segments of a company are those it shows', async () => {
  const { body } = await ask('GET', `/companies/${cedar}/segments`)
  expect(body).toEqual({ type: 'list', data: [expect.objectContaining({ type: 'segment', name: 'Big fleets' })] })
  expect((await ask('GET', `/companies/${cedar}`)).body.segments.segments).toEqual(body.data)
  expect((await ask('GET', `/companies/${tarn}/segments`)).body.data).toEqual([])
})

describe('notifications', () => {
  /** What was told on every topic of companies. */
  const told = async (act: () => Promise<unknown>): Promise<{ topic: string; item: Record<string, unknown> }[]> => {
    const listener = createServer((_, response) => void response.end())
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void listener.close())
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`
    const topics = ['company.created', 'company.updated', 'company.deleted', 'company.contact.attached', 'company.contact.detached']
    const control = async (method: string, path: string, body?: object) =>
      (await room.workspace.control(new Request(`http://workspace.localhost/_workspace${path}`, { method, body: body && JSON.stringify(body), headers: { 'content-type': 'application/json' } }))).json()
    const { id } = (await control('POST', '/webhooks', { url, topics })) as { id: string }
    await act()
    return ((await control('GET', `/webhooks/${id}/deliveries`)) as { deliveries: { topic: string; item: Record<string, unknown> }[] }).deliveries
  }

  test('tell of what happens to companies and their people, and of nothing that did not', async () => {
    const deliveries = await told(async () => {
      const { id } = await upsert({ company_id: 'new', name: 'New' })
      await upsert({ company_id: 'new', name: 'Newer' })
      await attach(maren, id)
      await attach(maren, id)
      await ask('DELETE', `/contacts/${maren}/companies/${id}`)
      await ask('DELETE', `/contacts/${maren}/companies/${id}`)
      await ask('DELETE', `/companies/${id}`)
    })
    expect(deliveries.map(({ topic }) => topic)).toEqual(['company.created', 'company.updated', 'company.contact.attached', 'company.contact.detached', 'company.deleted'])
    expect(deliveries.map(({ item }) => item)).toMatchObject([
      { type: 'company', name: 'New' },
      { type: 'company', name: 'Newer' },
      { type: 'company_contact', created_at: morning, company: { name: 'Newer', user_count: 1 }, contact: { id: maren } },
      { type: 'company_contact', company: { name: 'Newer', user_count: 0 }, contact: { id: maren } },
      { type: 'company', company_id: 'new' },
    ])
  })
})
