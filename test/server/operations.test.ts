import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { isTraceparent } from '../../src/server/story.ts'
import { canariesIn, seeded } from './operations-canaries.ts'
import { begin, post as say } from './session-front.ts'
import { ask, holdingIntercom, listen, post, serving } from './operations.ts'

test('probes are answered under any name, in words that tell nothing', async () => {
  const { url } = await serving()
  for (const path of ['/healthz', '/readyz', '/readyz?verbose']) {
    const { status, text, headers } = await ask(new URL(path, url), { headers: { host: '10.1.2.3:8213' } })
    expect({ status, text, cache: headers['cache-control'] }).toEqual({ status: 200, text: '{"status":"ok"}', cache: 'no-store' })
  }
  expect(await ask(new URL('/healthz', url), { method: 'HEAD' })).toMatchObject({ status: 200, text: '' })
  expect(await ask(new URL('/readyz', url), { method: 'POST' })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } })
  expect((await ask(new URL('/mcp', url), { method: 'POST', headers: { host: '10.1.2.3:8213' } })).status).toBe(403)
})

test('at the end it is not ready at once, still takes calls for the delay, and then ends with 0', async () => {
  const { program, url } = await serving(['--drain-delay', '1'])
  await post(url, 'tools/list')
  program.child.kill('SIGTERM')
  await expect.poll(async () => (await ask(new URL('/readyz', url))).status).toBe(503)
  expect((await ask(new URL('/healthz', url))).status).toBe(200)
  expect((await post(url, 'tools/list')).status).toBe(200)
  expect(await program.ended()).toBe(0)
})

test('the id of a request is returned: its own where that is a word, else one made for it', async () => {
  const { url } = await serving()
  const returned = async (id: string) => (await post(url, 'ping', {}, { 'x-request-id': id })).headers['x-request-id']
  expect(await returned('trace-42.a')).toBe('trace-42.a')
  for (const id of ['', 'ada@example.com wrote', 'a'.repeat(129)]) expect(await returned(id)).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/)
})

test('each MCP request is one line of JSON, by which it is found at Intercom too', async () => {
  const { program, url } = await serving(['--log-format', 'json', '--log-level', 'info'])
  await post(url, 'tools/call', { name: 'list_admins', arguments: {} }, { 'x-request-id': 'r-1' })
  await post(url, 'tools/call', { name: 'get_contact', arguments: { id: '000000000000000000000000' } })
  await post(url, 'tools/call', { name: 'get_contact', arguments: { no: 'such' } })
  await post(url, 'tools/call', { name: 'ada@example.com', arguments: {} })
  await post(url, 'resources/read', { uri: 'intercom://contacts/nobody' })
  await ask(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' })
  program.child.kill('SIGTERM')
  await program.ended()
  const lines = program.stderr.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines.every(({ time, level, message }) => !Number.isNaN(Date.parse(String(time))) && typeof level === 'string' && typeof message === 'string')).toBe(true)
  const requests = lines.filter((line) => 'request_id' in line)
  expect(requests.map(({ message, outcome }) => [message, outcome])).toEqual([
    ['tools/call list_admins', 'ok'],
    ['tools/call get_contact', 'not_found'],
    ['tools/call get_contact', 'bad_arguments'],
    ['tools/call other', 'bad_arguments'],
    ['resources/read', 'not_found'],
    ['other', 'bad_request'],
  ])
  const [first] = requests
  expect(first).toMatchObject({ request_id: 'r-1', level: 'info', ms: expect.any(Number) as number, principal: createHash('sha256').update('local').digest('hex').slice(0, 12) })
  expect(first!.intercom).toContainEqual({ operation: 'list_admins', status: 200, ms: expect.any(Number) as number, request_id: expect.stringMatching(/^\w+$/) as string })
})

test('metrics are counted on a port of their own, under labels from short lists', async () => {
  const { program, url } = await serving(['--metrics-port', '0'])
  const metrics = await program.said(/metrics at (http\S+)/)
  for (const name of ['list_admins', 'list_admins', 'get_contact', 'no_such_tool', 'ada@example.com']) await post(url, 'tools/call', { name, arguments: {} })
  for (const method of ['no/such/method', 'ada@example.com']) await post(url, method)
  const { status, headers, text: told } = await ask(metrics)
  expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' })
  const series = new Map(told.split('\n').filter((line) => line && !line.startsWith('#')).map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]))
  expect(Object.fromEntries([...series].filter(([name]) => /^intercom_mcp_(calls_total|requests_total|intercom_requests_total|reference|rate)/.test(name)))).toEqual({
    'intercom_mcp_calls_total{tool="list_admins",outcome="ok"}': 2,
    'intercom_mcp_calls_total{tool="get_contact",outcome="bad_arguments"}': 1,
    'intercom_mcp_calls_total{tool="other",outcome="bad_arguments"}': 2,
    'intercom_mcp_requests_total{method="tools/call",outcome="ok"}': 2,
    'intercom_mcp_requests_total{method="tools/call",outcome="bad_arguments"}': 3,
    'intercom_mcp_requests_total{method="other",outcome="unknown_method"}': 2,
    'intercom_mcp_intercom_requests_total{effect="read",status="200"}': 2,
    'intercom_mcp_reference_reads_total{answered="asked"}': 2,
    'intercom_mcp_reference_reads_total{answered="kept"}': 2,
    'intercom_mcp_rate_limit_left{tenant="only"}': expect.any(Number) as number,
  })
  expect(series.get('intercom_mcp_call_duration_seconds_count{tool="list_admins"}')).toBe(2)
  expect(series.get('process_resident_memory_bytes')).toBeGreaterThan(10_000_000)
  expect(series.has('nodejs_eventloop_lag_p99_seconds')).toBe(true)
  expect((await ask(new URL('/', metrics))).status).toBe(404)
  expect((await ask(new URL('/metrics', url))).status).toBe(404)
})

test('what is under way is measured while it is', async () => {
  const { held, env } = await holdingIntercom()
  const { program, url } = await serving(['--metrics-port', '0', '--max-concurrent-calls', '1'], env)
  const metrics = await program.said(/metrics at (http\S+)/)
  const calls = [1, 2].map(() => post(url, 'tools/call', { name: 'get_contact', arguments: { id: '5' } }))
  const read = async (name: string) => Number(new RegExp(`^intercom_mcp_${name} (.*)$`, 'm').exec((await ask(metrics)).text)?.[1])
  await expect.poll(() => read('calls_waiting')).toBe(1)
  expect(await read('calls_running')).toBe(1)
  held[0]!.go()
  await expect.poll(() => held.length).toBe(2)
  held[1]!.go()
  expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200])
  await expect.poll(() => read('calls_running')).toBe(0)
})

test('every metric on the dashboard exists', async () => {
  const { program, url } = await serving(['--metrics-port', '0'])
  await post(url, 'tools/call', { name: 'list_admins', arguments: {} })
  const { text: told } = await ask(await program.said(/metrics at (http\S+)/))
  const dashboard = readFileSync('docs/dashboard.json', 'utf8')
  const named = [...new Set(dashboard.match(/\b(intercom_mcp|process|nodejs)_\w+/g))]
  const panels = (JSON.parse(dashboard) as { panels: { targets: { expr: string }[] }[] }).panels
  expect(panels.every(({ targets }) => targets.every(({ expr }) => expr.length > 0))).toBe(true)
  expect(named.length).toBeGreaterThan(8)
  const known = new Set([...told.matchAll(/^# TYPE (\w+) (\w+)/gm)].flatMap(([, name, type]) => (type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name!])))
  expect(named.filter((name) => !known.has(name))).toEqual([])
})

/** A collector that keeps what it is sent. */
const collecting = async () => {
  const spans: Span[] = []
  const bodies: string[] = []
  const collector = createServer((request, response) => {
    text(request).then((body) => {
      bodies.push(`${request.url} ${JSON.stringify(request.headers)} ${body}`)
      for (const { scopeSpans } of (JSON.parse(body) as Exported).resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans)
      response.setHeader('content-type', 'application/json').end('{}')
    }, () => response.destroy())
  })
  return { spans, bodies, env: { OTEL_EXPORTER_OTLP_ENDPOINT: await listen(collector), OTEL_BSP_SCHEDULE_DELAY: '50', OTEL_SERVICE_NAME: 'support-tools' } }
}

interface Span {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[]
  readonly status: { readonly code: number }
}

interface Exported {
  readonly resourceSpans: readonly { readonly scopeSpans: readonly { readonly spans: readonly Span[] }[] }[]
}

const attributesOf = ({ attributes }: Span) => Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

test('each MCP request is a span in the trace of who asked, with its requests to Intercom under it', async () => {
  const { spans, bodies, env } = await collecting()
  const { url } = await serving([], env)
  const [trace, parent, nearer] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331', '00f067aa0ba902b7']
  await post(url, 'tools/call', { name: 'list_admins', arguments: {} }, { traceparent: `00-${trace}-${parent}-01`, 'mcp-protocol-version': '2025-11-25' })
  await post(url, 'tools/call', { name: 'get_contact', arguments: { id: '0' }, _meta: { traceparent: `00-${trace}-${nearer}-01` } }, { traceparent: `00-${trace}-${parent}-01` })
  await post(url, 'ping', {}, { traceparent: 'nonsense' })
  await expect.poll(() => spans.map(({ name }) => name).toSorted()).toEqual(['GET /admins', 'GET /contacts/{id}', 'GET /teams', 'ping', 'tools/call get_contact', 'tools/call list_admins'])
  const named = (name: string) => spans.find((span) => span.name === name)!
  const call = named('tools/call list_admins')
  expect(call).toMatchObject({ traceId: trace, parentSpanId: parent, kind: 2, status: { code: 0 } })
  expect(attributesOf(call)).toMatchObject({ 'mcp.method.name': 'tools/call', 'gen_ai.tool.name': 'list_admins', 'gen_ai.operation.name': 'execute_tool', 'mcp.protocol.version': '2025-11-25', 'network.transport': 'tcp' })
  expect(named('GET /admins')).toMatchObject({ traceId: trace, parentSpanId: call.spanId, kind: 3 })
  expect(attributesOf(named('GET /admins'))).toMatchObject({ 'http.request.method': 'GET', 'url.template': '/admins', 'http.response.status_code': 200, 'intercom.operation': 'list_admins' })
  const failing = named('tools/call get_contact')
  expect(failing).toMatchObject({ traceId: trace, parentSpanId: nearer, status: { code: 2 } })
  expect(attributesOf(failing)).toMatchObject({ 'error.type': 'tool_error', 'intercom_mcp.outcome': 'not_found' })
  expect(named('ping')).not.toHaveProperty('parentSpanId')
  expect(bodies[0]).toMatch(/^\/v1\/traces .*support-tools/)
})

test('a trace context is of the version there is, or of a later one that begins like it', () => {
  const rest = '0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  expect([`00-${rest}`, `01-${rest}`, `cc-${rest}-what-comes-later`].map(isTraceparent)).toEqual([true, true, true])
  expect([`ff-${rest}`, `00-${rest}-more`, `00-${rest}-`, `01-${rest}x`, `00-${rest}0`, `00-${rest.toUpperCase()}`, `00-${rest.replace(/^\w+/, '0'.repeat(32))}`, ` 00-${rest}`, undefined].map(isTraceparent)).not.toContain(true)
})

test('a call that its caller does not sample is not sent', async () => {
  const { spans, env } = await collecting()
  const { url } = await serving([], env)
  await post(url, 'ping', {}, { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00' })
  await post(url, 'tools/list')
  await expect.poll(() => spans.map(({ name }) => name)).toEqual(['tools/list'])
})

test('a collector that is gone holds up no call and no end', async () => {
  const { program, url } = await serving([], { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9' })
  expect((await post(url, 'ping')).status).toBe(200)
  program.child.kill('SIGTERM')
  expect(await program.ended()).toBe(0)
})

test('no log, metric or trace holds anything of customers, of arguments or of credentials', async () => {
  const { bodies, spans, env } = await collecting()
  const intercom = await seeded()
  const { program, url } = await serving(['--log-format', 'json', '--log-level', 'debug', '--metrics-port', '0', '--toolsets', 'all'], { ...env, ...intercom.env })
  const metrics = await program.said(/metrics at (http\S+)/)
  for (const { method, params, headers } of intercom.requests) await post(url, method, params, headers)
  const session = await begin(new URL(url))
  for (const message of intercom.unasked) await say(new URL(url), message, session)
  await expect.poll(() => spans.length).toBeGreaterThan(intercom.requests.length)
  const { text: counted } = await ask(metrics)
  program.child.kill('SIGTERM')
  expect(await program.ended()).toBe(0)
  const seen = [program.stderr, program.stdout, counted, ...bodies].join('\n')
  expect(canariesIn(seen)).toEqual([])
  expect(canariesIn(`${seen} ${intercom.canaries[0]}`)).toEqual([intercom.canaries[0]])
})
