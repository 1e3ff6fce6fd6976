import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { httpSettings } from '../../src/cli/http-settings.ts'
import { settings } from '../../src/cli/settings.ts'
import { openTenancy } from '../../src/cli/tenancy.ts'
import type { AuditLine } from '../../src/client/audit.ts'
import { anybody, isRefused } from '../../src/server/http/identity.ts'
import { serveHttp } from '../../src/server/http/serve.ts'
import type { TenantOf } from '../../src/server/http/tenant.ts'
import { Program } from '../cli/program.ts'
import { dice } from './faults/dice.ts'
import { cases, tally } from './figures.ts'
import { Callers, eras, questions, tool } from './isolation-calls.ts'
import { canariesIn, canaryOf, manyIntercoms, tokenOf, type Trouble } from './isolation-intercom.ts'

const { held } = tally('Of many tenants with the same ids, under faults, cancellations and disconnects, none is told anything of another (calls)')
const { during: compared } = tally("One tenant under faults and slow answers does not raise the others' p95 above twice its value")

/** What befalls requests, and how often. */
const troubles: readonly (readonly [share: number, Trouble])[] = [
  [0.1, 'late'],
  [0.01, 'slow'],
  [0.001, 'silent'],
  [0.02, 'cut'],
  [0.02, 'failed'],
  [0.02, 'refused'],
  [0.002, 'too many'],
  [0.01, 'nonsense'],
]

const troubling = (random: () => number) => (): Trouble | undefined => {
  let at = random()
  return troubles.find(([share]) => (at -= share) < 0)?.[1]
}

/** What was told to callers, by whose canaries stood in it. */
interface Told {
  readonly answers: number
  readonly own: number
  readonly left: number
  /** Answers that hold another's canary, or a token. */
  readonly foreign: readonly string[]
}

/** So many calls of each tenant, in any order, some of which are left before they are answered. */
const interleaved = async (url: string, tenants: number, calls: number): Promise<Told> => {
  const random = dice(7)
  const callers = new Callers(url)
  const told = { answers: 0, own: 0, left: 0, foreign: [] as string[] }
  const order = Array.from({ length: tenants * calls }, (_, index) => ({ index, place: random() })).sort((one, other) => one.place - other.place)
  const work = async () => {
    for (let next = order.pop(); next; next = order.pop()) {
      const tenant = next.index % tenants
      const leaves = random() < 0.05 ? Math.ceil(random() * 60) : random() < 0.5 ? undefined : 20_000
      const text = await callers.ask(tenant, oneOf(eras, random), oneOf(questions(canaryOf(tenant)), random), leaves)
      if (text === undefined) told.left += 1
      else note(told, tenant, text)
    }
  }
  await Promise.all(Array.from({ length: 32 }, work))
  await callers.close()
  return told
}

const oneOf = <T>(all: readonly T[], random: () => number): T => all[Math.floor(random() * all.length)]!

const note = (told: { answers: number; own: number; foreign: string[] }, tenant: number, text: string): void => {
  const canaries = canariesIn(text)
  told.answers += 1
  if (canaries.includes(canaryOf(tenant))) told.own += 1
  if (text.includes('secret-') || canaries.some((canary) => canary !== canaryOf(tenant))) told.foreign.push(`${tenant}: ${text}`)
}

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-isolation-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('none of many tenants is told anything of another', { timeout: 7_200_000 }, async () => {
  const [tenants, calls] = [cases(20, 100), cases(20, 1000)]
  const intercom = await manyIntercoms(troubling(dice(1)))
  const audit = join(folder, 'audit.jsonl')
  const program = new Program(['http', '--port', '0', '--caller-tokens', '--audit', audit, '--log-level', 'debug'], { INTERCOM_BASE_URL: intercom.url })
  const told = await interleaved(await program.said(/serving MCP at (\S+)/), tenants, calls)
  program.child.kill()
  await program.ended()
  await intercom.close()
  expect(told.foreign).toEqual([])
  expect(told.own).toBeGreaterThan(told.answers / 2) // most of what they are told is theirs, so that another's would be seen
  const logged = `${program.stderr}${readFileSync(audit, 'utf8')}`
  expect(canariesIn(logged)).toEqual([])
  expect(logged).not.toContain('secret-')
  const lines = readFileSync(audit, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as AuditLine)
  expect(new Set(lines.map(({ tenant }) => tenant)).size).toBeGreaterThan(tenants * 0.8) // chance has it who writes
  held(told.answers)
})

const stream = () => new PassThrough().resume()

/** The same front door, over what the product makes of its tenants, changed by `wrong`. */
const serving = async (intercom: string, wrong: (tenantOf: TenantOf) => TenantOf) => {
  const env = { INTERCOM_BASE_URL: intercom, INTERCOM_MCP_CALLER_TOKENS: 'true', INTERCOM_MCP_CONFIRM: 'never', INTERCOM_MCP_LOG_LEVEL: 'silent' }
  const world = { args: [], env, stdin: stream(), stdout: stream(), stderr: stream(), self: ['node', 'intercom-mcp'] as const, stop: new AbortController().signal }
  const tenancy = await openTenancy(settings({}, env, '--caller-tokens'), httpSettings({}, env), world)
  const server = await serveHttp({ port: 0, host: '127.0.0.1', names: [], authenticate: anybody, tenantOf: wrong(tenancy.tenantOf), patience: 100, onError: () => {} })
  return { url: server.url, close: () => server.close().then(tenancy.close) }
}

test('a server that keeps what it made for one tenant under the key of all is seen', async () => {
  const intercom = await manyIntercoms(() => undefined)
  const sharing = (tenantOf: TenantOf): TenantOf => async (...asked) => {
    const found = await tenantOf(...asked)
    return isRefused(found) ? found : { ...found, key: 'all' }
  }
  for (const [wrong, foreign] of [[sharing, true], [(tenantOf: TenantOf) => tenantOf, false]] as const) {
    const server = await serving(intercom.url, wrong)
    const told = await interleaved(server.url, 5, 20)
    expect(told.foreign.length > 0).toBe(foreign)
    await server.close()
  }
  await intercom.close()
})

/** One object of an Intercom is ill. */
const ill = '13'
const illnesses: readonly Trouble[] = ['silent', 'silent', 'silent', 'slow', 'cut', 'failed']

const asksForIll = (random: () => number) => (path: string): Trouble | undefined => (path.includes(`/contacts/${ill}`) ? oneOf(illnesses, random) : undefined)

/** The 95th percentile of how long callers of some tenants wait, while one tenant's, as many, ask for what is ill, as a multiple of what it is while they ask for what is well. */
const slowdown = async (url: string, rounds: number, calls: number): Promise<number> => {
  const callers = new Callers(url)
  const waits = { quiet: [] as number[], disturbed: [] as number[] }
  const healthy = async (into: number[]) => {
    for (let call = 0; call < calls; call += 1) {
      const began = performance.now()
      await callers.ask(call % 10, '2026-07-28', tool('get_contact', { id: '7' }), 20_000)
      into.push(performance.now() - began)
    }
  }
  const together = (into: number[]) => Promise.all([healthy(into), healthy(into), healthy(into), healthy(into)])
  const beside = async (id: string, into: number[]) => {
    let over = false
    const neighbours = Array.from({ length: 64 }, async () => {
      while (!over) {
        await callers.ask(99, '2026-07-28', tool('get_contact', { id }), 3_000)
        await setTimeout(1_000)
      }
    })
    await together(into)
    over = true
    await Promise.all(neighbours)
  }
  await beside('7', []) // what is made at the first call is made
  for (let round = 0; round < rounds; round += 1) {
    await beside('7', waits.quiet)
    await beside(ill, waits.disturbed)
  }
  await callers.close()
  return p95(waits.disturbed) / p95(waits.quiet)
}

const p95 = (waits: readonly number[]): number => [...waits].sort((one, other) => one - other)[Math.floor(waits.length * 0.95)]!

test('a tenant under faults and slow answers does not slow the others down', { timeout: 600_000 }, async () => {
  const intercom = await manyIntercoms(asksForIll(dice(3)))
  const program = new Program(['http', '--port', '0', '--caller-tokens', '--log-level', 'silent'], { INTERCOM_BASE_URL: intercom.url })
  const times = await slowdown(await program.said(/serving MCP at (\S+)/), cases(1, 20), cases(30, 200))
  program.child.kill()
  await program.ended()
  await intercom.close()
  console.log(`the others' p95 is ${times.toFixed(2)} times what it is beside a tenant without faults`)
  await compared(() => expect(times).toBeLessThan(cases(10, 2))) // the machine has other things to do while all tests run
})

test('tenants who share connections and a line slow each other down, and that is seen', { timeout: 120_000 }, async () => {
  const intercom = await manyIntercoms((path) => (path.includes(`/contacts/${ill}`) ? 'silent' : undefined))
  const server = await serving(intercom.url, (tenantOf) => (identity) => tenantOf(identity, { 'intercom-token': tokenOf(0) }))
  expect(await slowdown(server.url, 1, 5)).toBeGreaterThan(2)
  await server.close()
  await intercom.close()
})
