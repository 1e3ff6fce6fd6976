import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { withServed } from './served.ts'

const page = readFileSync('docs/control.md', 'utf8')
const block = (language: string): string => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(page)![1]!

interface Listed {
  readonly routes: readonly { readonly route: string; readonly does: string; readonly example: string }[]
}

test('the seed that docs/control.md shows can be loaded', () =>
  withServed({}, async ({ send }) => {
    expect(await send('PUT /_workspace/seed', block('json'))).toMatchObject({ status: 200, body: { collections: { contact: 2, tag: 1 } } })
    expect((await send('GET /contacts/ada')).body).toMatchObject({ name: 'Ada', tags: { total_count: 1 } })
  }))

test('every curl of docs/control.md asks for something that there is', () =>
  withServed({ seed: 'empty' }, async ({ send }) => {
    const { routes } = (await send('GET /_workspace')).body as Listed
    const patterns = routes.map(({ route }) => new RegExp(`^${route.replace(/\{\w+\}/g, '\\w+')}$`))
    const asked = [...page.matchAll(/curl (?:-X (\w+) )?'?http:\/\/127\.0\.0\.1:8214(\/_workspace\/[\w/]+)/g)].map(([, method = 'GET', path]) => `${method} ${path}`)
    expect(asked.length).toBeGreaterThan(8)
    expect(asked.filter((one) => !patterns.some((pattern) => pattern.test(one)))).toEqual([])
  }))

test('every example that the workspace itself gives is understood', () =>
  withServed({ seed: 'empty' }, async ({ send, server }) => {
    const { routes } = (await send('GET /_workspace')).body as Listed
    for (const { route, example } of routes) {
      const path = /(\/_workspace\/[^' ]+)/.exec(example)![1]!
      const { status, body } = await send(`${route.split(' ')[0]} ${path}`, / -d '(.*)'$/.exec(example)?.[1])
      // nobody listens at the URL of the example, and what it names may not be there
      expect([200, 404, ...(route === 'POST /_workspace/webhooks' ? [400] : [])], `${example} ${JSON.stringify(body)}`).toContain(status)
      expect(example).toContain(server.url)
    }
  }))

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

test('the receiver that docs/control.md shows takes what is genuine, and nothing else', () =>
  withServed({ seed: 'empty' }, async ({ send }) => {
    const folder = mkdtempSync(join(tmpdir(), 'receiver-'))
    const port = await freePort()
    const file = join(folder, 'receiver.mjs')
    writeFileSync(file, `${block('js').replace('4000', String(port))}\nconsole.log('ready')\n`)
    const child = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    const hears = async (text: string) => {
      while (!said.includes(text)) await once(child.stdout, 'data')
    }
    await hears('ready')
    const url = `http://127.0.0.1:${port}/intercom`
    const subscribe = () => send('POST /_workspace/webhooks', { url, topics: ['*'], secret: 'my-client-secret' })
    while ((await subscribe()).status !== 200) await new Promise((resolve) => setTimeout(resolve, 20)) // it said so before it listened
    expect((await fetch(url, { method: 'POST', body: '{"topic":"forged"}', headers: { 'x-hub-signature': `sha1=${'0'.repeat(40)}` } })).status).toBe(401)
    await send('POST /_workspace/webhooks/1/ping', {})
    await hears('ping')
    expect(said).not.toContain('forged')
    child.kill()
    rmSync(folder, { recursive: true })
  }))
