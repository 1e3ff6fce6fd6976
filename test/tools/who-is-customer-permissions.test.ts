import { afterAll, beforeAll, expect, test } from 'vitest'
import { allPermissions } from '../../src/workspace/access.ts'
import { type Served, served } from '../workspace/served.ts'
import { open } from './session.ts'

type Document = Record<string, unknown>

const everything = await allPermissions()
const maren = { id: '66f0c3d1a7b24e1000000001', email: 'maren@cedarcove.example' }

let room: Served
beforeAll(async () => {
  room = await served({ tokens: [{ permissions: everything }] })
})
afterAll(() => room.stop())

/** What is answered to a token that lacks this one permission. */
const who = async (customer: string, lacking?: string) => {
  await room.send('PUT /_workspace/tokens/main', { permissions: everything.filter((each) => each !== lacking) })
  const session = await open([], { INTERCOM_ACCESS_TOKEN: room.workspace.token, INTERCOM_BASE_URL: room.server.url })
  const { isError, text, structured } = await session.call('who_is_customer', { customer })
  await session.close()
  const { customer: known, completeness = text } = (structured ?? {}) as { customer?: Document; completeness?: string }
  return { isError, known, said: completeness }
}

/** What an answer about her is without for want of each, by address and by id. What is not named here she is told of in full without. */
const without: Readonly<Record<string, readonly string[]>> = {
  'Read and list users and companies': ['companies', 'segments', 'subscriptions', 'notes'],
  'Read conversations': ['conversations'],
  'Read events': ['events'],
  'Read tags': ['tags'],
  'Read tickets': ['tickets'],
}

let whole: Document
beforeAll(async () => {
  whole = (await who(maren.id)).known!
})

const where = "Missing permissions are ticked in Intercom's Developer Hub > your app > Configure > Authentication."

test.each(everything.filter((name) => name.startsWith('Read ')))('without %s she is told of all the same, with what is missing and why', async (lacking) => {
  const cannotBeFound = { id: 'Read one user and one company', email: 'Read and list users and companies' }
  for (const by of ['id', 'email'] as const) {
    const { isError, known, said } = await who(maren[by], lacking)
    if (cannotBeFound[by] === lacking && isError) {
      expect(said).toContain(`"${lacking}"`)
      expect(said).toContain("Tick it in Intercom's Developer Hub > your app > Configure > Authentication")
      continue
    }
    expect(known).toMatchObject({ id: maren.id, name: whole.name })
    const gone = without[lacking] ?? []
    expect(Object.keys(whole).filter((key) => !(key in known!))).toEqual(Object.keys(whole).filter((key) => gone.includes(key)))
    for (const section of gone) expect(said).toContain(`Not read: ${section} (the token lacks the permission "${lacking}").`)
    expect(said.split(where)).toHaveLength(gone.length ? 2 : 1) // told once, where it is to be told
  }
})
