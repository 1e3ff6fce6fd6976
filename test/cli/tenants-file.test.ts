import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, describe, expect, test } from 'vitest'
import { Misuse } from '../../src/cli/misuse.ts'
import { groundFor } from '../../src/cli/offer.ts'
import { settings } from '../../src/cli/settings.ts'
import { readTenants } from '../../src/cli/tenants-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'intercom-mcp-tenants-'))
afterAll(() => rmSync(folder, { recursive: true }))

const env = { ACME_TOKEN: 'secret-acme', EMPTY: ' ', SPACED: 'secret acme' }
const stream = () => new PassThrough().resume()
const ground = await groundFor(settings({ allow: 'read,write' }, { INTERCOM_REGION: 'au' }, '--tenants'), { args: [], env, stdin: stream(), stdout: stream(), stderr: stream(), self: ['node', 'intercom-mcp'], stop: new AbortController().signal })

const path = join(folder, 'tenants.json')
let files: string[] = []
const filed = (text: string) => {
  files = []
  writeFileSync(path, text)
  return readTenants(path, ground, (named) => files.push(named))
}
const tenants = (said: unknown) => filed(JSON.stringify({ tenants: said }, undefined, 1))

/** How the person who wrote this is told that it does not do. */
const misuse = async (said: unknown): Promise<string> => {
  const error: unknown = await tenants(said).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(Misuse)
  return (error as Misuse).message.replaceAll(folder, '.')
}

describe('a tenants file', () => {
  test('says of each tenant where it is, by which token, and what holds there', async () => {
    writeFileSync(join(folder, 'acme.token'), 'Bearer secret-of-a-file\n')
    const read = await tenants({
      acme: { token_variable: 'ACME_TOKEN', region: 'eu', webhooks: { app_id: 'app1', secret: 'hush' } },
      globex: { token_file: 'acme.token', policy: { read_only: true } },
      in_itec_2: { token: 'secret', base_url: 'http://127.0.0.1:8214/' },
    })
    expect(files).toEqual([join(folder, 'acme.token')])
    expect(read).toMatchObject([
      { name: 'acme', token: 'secret-acme', region: 'eu', baseUrl: undefined, narrowing: undefined, webhooks: { appId: 'app1', secret: 'hush' } },
      { name: 'globex', token: 'secret-of-a-file', region: 'au', narrowing: { policy: { effects: new Set(['read']) } } },
      { name: 'in_itec_2', token: 'secret', baseUrl: 'http://127.0.0.1:8214' },
    ])
    expect(new Set(read.map(({ id }) => id)).size).toBe(3)
  })

  test.each<[unknown, string]>([
    [{}, ':2: tenants: name at least one tenant'],
    [[], ':2: tenants: use one object'],
    [{ Acme: { token: 'a' } }, ":3: tenants.Acme: a tenant's name has small letters, digits, - and _, begins with a letter or digit, and is at most 64 long"],
    [{ acme: {} }, ':3: tenants.acme: give one of token, token_variable, token_file'],
    [{ acme: { token: 'a', token_file: 'b' } }, ':5: tenants.acme.token_file: give one of token, token_variable, token_file'],
    [{ acme: { token: 'secret secret' } }, ':4: tenants.acme.token: it holds a space or a character no token has; paste the token alone'],
    [{ acme: { token: '' } }, ':4: tenants.acme.token: it is empty'],
    [{ acme: { token_variable: 'ACNE_TOKEN' } }, ':4: tenants.acme.token_variable: the variable "ACNE_TOKEN" is not set; set it, or give another'],
    [{ acme: { token_variable: 'EMPTY' } }, ':4: tenants.acme.token_variable: the variable "EMPTY" is not set; set it, or give another'],
    [{ acme: { token_variable: 'SPACED' } }, ':4: tenants.acme.token_variable: it holds a space or a character no token has; paste the token alone'],
    [{ acme: { token_file: 'nowhere' } }, ":4: tenants.acme.token_file: the file cannot be read: ENOENT: no such file or directory, open './nowhere'"],
    [{ acme: { token: 'a', region: 'uk' } }, ':5: tenants.acme.region: use one of us, eu, au'],
    [{ acme: { token: 'a', base_url: 'http://example.com' } }, ':5: tenants.acme.base_url: use https for example.com; http is only for this machine'],
    [{ acme: { token: 'a', regoin: 'eu' } }, ':5: tenants.acme.regoin: there is no such key. Did you mean "region"? Keys: token, token_variable, token_file, region, base_url, policy, webhooks'],
    [{ acme: { token: 'a', policy: { allow: ['sned'] } } }, ':6: tenants.acme.policy.allow: unknown effect "sned". Did you mean "send"? Effects: read, write, send, destroy'],
    [{ acme: { token: 'a', policy: { toolsets: ['nonsense'] } } }, ':6: tenants.acme.policy.toolsets: unknown toolset "nonsense".'],
    [{ acme: { token: 'a', policy: { tools: ['delete_contact'] } } }, ':5: tenants.acme.policy: these settings together leave no tool'],
    [{ acme: { token: 'a', webhooks: { app_id: '', secret: 'b' } } }, ":6: tenants.acme.webhooks.app_id: use the workspace's id in Intercom"],
    [{ acme: { token: 'a', webhooks: { app_id: 'x' } } }, ':5: tenants.acme.webhooks: give one of secret, secret_variable, secret_file'],
    [{ acme: { token: 'a' }, globex: { token: 'a', region: 'us' }, other: { token: 'a' } }, ':10: tenants.other: it has the workspace and the token of acme; leave out one of the two'],
  ])('%j is refused with file, line, key and what to do', async (said, expected) => {
    expect(await misuse(said)).toContain(`./tenants.json${expected}`)
  })

  test('a token stands in no complaint', async () => {
    const told = await Promise.all(['secret secret', 'sécret', { of: 'secret' }].map((token) => misuse({ acme: { token, region: 'eu' }, globex: { token } })))
    expect(told.join()).not.toMatch(/s[eé]cret/)
  })
})
