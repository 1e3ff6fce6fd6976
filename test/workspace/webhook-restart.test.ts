import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { asking } from './asking.ts'
import { type Receiver, receiver } from './receiver.ts'

let folder: string
let hook: Receiver
const children: ChildProcess[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'webhooks-'))
  hook = await receiver()
})
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  await hook.stop()
  rmSync(folder, { recursive: true })
})

const start = async (file: string) => {
  const program = fileURLToPath(new URL('process.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', program, file], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { url, token } = JSON.parse(line) as { url: string; token: string }
  const post = async (path: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    expect(response.status).toBe(200)
    return (await response.json()) as Record<string, unknown>
  }
  const kill = async () => {
    child.kill('SIGKILL')
    await once(child, 'close')
  }
  return { post, kill }
}

const names = () => hook.posted.map(({ body }) => body.data.item.name as string)

test('what waits when the process is killed is posted by the next one, in order and once', async () => {
  const file = join(folder, 'w.db')
  const first = await start(file)
  await first.post('/_workspace/clock', { frozen: true })
  await first.post('/_workspace/webhooks', { url: hook.url, topics: ['contact.lead.created'] })
  hook.next(500)
  const wanted = Array.from({ length: 5 }, (_, index) => `lead ${index}`)
  for (const name of wanted) await first.post('/contacts', { role: 'lead', name })
  await hook.until(1)
  await first.kill()

  const second = await start(file)
  await second.post('/_workspace/clock', { advance: 60 })
  await hook.until(6)
  expect(names()).toEqual(['lead 0', ...wanted])
  await second.post('/contacts', { role: 'lead', name: 'last' })
  await hook.until(7)
  expect(names().at(-1)).toBe('last')
}, 60_000)

test('what was being posted when the process was killed is posted again, with the same id', async () => {
  const file = join(folder, 'w.db')
  const first = await start(file)
  await first.post('/_workspace/webhooks', { url: hook.url, topics: ['contact.lead.created'] })
  hook.next(null)
  await first.post('/contacts', { role: 'lead', name: 'held' })
  await hook.until(1)
  await first.kill()
  await start(file)
  await hook.until(2)
  expect(names()).toEqual(['held', 'held'])
  expect(hook.posted[1]!.body.id).toBe(hook.posted[0]!.body.id)
}, 60_000)

test('two servers on one file post each notification once', async () => {
  const file = join(folder, 'w.db')
  const [one, other] = await Promise.all([start(file), start(file)])
  await one.post('/_workspace/webhooks', { url: hook.url, topics: ['contact.lead.created'] })
  const wanted = Array.from({ length: 20 }, (_, index) => `lead ${index}`)
  for (const [index, name] of wanted.entries()) await (index % 2 ? one : other).post('/contacts', { role: 'lead', name })
  await hook.until(20)
  expect(names()).toEqual(wanted)
}, 60_000)

test('an embedded workspace on the file posts nothing; the server posts what it did', async () => {
  const file = join(folder, 'w.db')
  const server = await start(file)
  await server.post('/_workspace/webhooks', { url: hook.url, topics: ['contact.lead.created'] })
  const embedded = asking({ file })
  await embedded.ask('POST', '/contacts', { role: 'lead', name: 'from within' })
  await hook.until(1)
  expect(names()).toEqual(['from within'])
  await server.kill()
  await embedded.ask('POST', '/contacts', { role: 'lead', name: 'unheard' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  embedded.workspace.close()
  expect(names()).toEqual(['from within'])
}, 60_000)
