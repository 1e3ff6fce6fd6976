import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createClient } from '../../src/client/client.ts'
import { downloadDataExport, getDataExport } from '../../src/contract/data-export.ts'
import { connect, errorList, failureOf, serve, stillTime } from './servers.ts'

/** Every byte there is: no text survives it. */
const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index))
const asked = { job_identifier: 'orzzsbd7hk67xyu' }
const headers = { 'content-type': 'application/octet-stream', 'content-disposition': 'attachment; filename="export.tar.gz"' }
const file = { content_type: 'application/octet-stream', filename: 'export.tar.gz', size: 256, data: bytes.toString('base64') }

test('a file is asked for by its media type, and handed on byte by byte', async () => {
  const { baseUrl, arrived } = await serve(() => ({ headers, body: bytes }))
  const client = connect(baseUrl)
  expect(await client.call(downloadDataExport, asked)).toEqual(file)
  await failureOf(client.call(getDataExport, asked))
  expect(arrived.map(({ headers: { accept } }) => accept)).toEqual(['application/octet-stream', 'application/json'])
})

test('a file inside this process is handed on alike', async () => {
  const fetch = async (request: Request) => new Response(request.headers.get('accept') === 'application/octet-stream' ? bytes : null, { headers })
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch } })
  expect(await client.call(downloadDataExport, asked)).toEqual(file)
})

test.each([
  ['compressed on the way', 'gzip', gzipSync(bytes)],
  ['called packed, as archives are', 'zip', bytes],
])('a file %s is the same file', async (_, encoding, body) => {
  const { baseUrl } = await serve(() => ({ headers: { ...headers, 'content-encoding': encoding }, body }))
  expect(await connect(baseUrl).call(downloadDataExport, asked)).toEqual(file)
})

test.each([
  ['attachment; filename=a.gz', 'a.gz'],
  ['attachment; filename="../../etc/passwd"', 'passwd'],
  ['attachment; filename="C:\\exports\\a.gz"; size=1', 'a.gz'],
  ['attachment', 'download'],
  ['attachment; filename=" a.gz "', 'a.gz'],
  ['attachment; filename=" "', 'download'],
  ['attachment; FILENAME=a.gz', 'a.gz'],
  ['attachment; xfilename=a.gz', 'download'],
])('a file under %j is called %j', async (disposition, filename) => {
  const { baseUrl } = await serve(() => ({ headers: { ...headers, 'content-disposition': disposition }, body: bytes }))
  expect(await connect(baseUrl).call(downloadDataExport, asked)).toMatchObject({ filename })
})

test.each([
  ['no bytes', 'application/octet-stream', '', /empty/],
  ['a web page', 'text/html; charset=utf-8', '<html>', /web page/],
  ['JSON', 'application/json', '{"status":"pending"}', /not what/],
])('%s is no file', async (_, type, body, note) => {
  const { baseUrl } = await serve(() => ({ headers: { 'content-type': type }, body }))
  expect(await failureOf(connect(baseUrl).call(downloadDataExport, asked))).toMatchObject({ code: 'bad_answer', advice: expect.stringMatching(note) as string })
})

test('a file is of the type that is said', async () => {
  const { baseUrl } = await serve(() => ({ headers: { 'content-type': 'application/gzip' }, body: bytes }))
  expect(await connect(baseUrl).call(downloadDataExport, asked)).toEqual({ ...file, content_type: 'application/gzip', filename: 'download' })
})

test.each([300, 404])('what comes with a %i is no file, whatever its type', async (status) => {
  const { baseUrl } = await serve(() => ({ status, headers, body: bytes }))
  expect(await failureOf(connect(baseUrl).call(downloadDataExport, asked))).toMatchObject({ status })
})

test.each([404, 200])('an error list under a %i is an error all the same', async (status) => {
  const { baseUrl } = await serve(() => ({ status, body: errorList('not_found', 'Object not found.') }))
  expect(await failureOf(connect(baseUrl).call(downloadDataExport, asked))).toMatchObject({ code: 'not_found', upstream: { message: 'Object not found.' } })
})

test.each([
  ['large', bytes, {}],
  ['a bomb', gzipSync(Buffer.alloc(100_000)), { 'content-encoding': 'gzip' }],
])('a file that is %s ends at the limit', async (_, body, more) => {
  const { baseUrl } = await serve(() => ({ headers: { ...headers, ...more }, body }))
  expect(await failureOf(connect(baseUrl, { ...stillTime(), limits: { responseBytes: 200 } }).call(downloadDataExport, asked))).toMatchObject({ code: 'too_large' })
})

test('JSON is still JSON for what answers no file', async () => {
  const { baseUrl } = await serve(() => ({ headers, body: '{"status":"pending"}' }))
  expect(await connect(baseUrl).call(getDataExport, asked)).toEqual({ status: 'pending' })
})

test('a file that nothing is said of is bytes', async () => {
  const fetch = async () => new Response(bytes)
  const client = createClient({ upstream: { baseUrl: 'http://workspace', token: 't', fetch } })
  expect(await client.call(downloadDataExport, asked)).toEqual({ content_type: 'application/octet-stream', filename: 'download', size: 256, data: bytes.toString('base64') })
})

test('bytes under an error are no file', async () => {
  const { baseUrl } = await serve(() => ({ status: 300, headers, body: bytes }))
  expect(await failureOf(connect(baseUrl).call(downloadDataExport, asked))).toMatchObject({ code: 'redirected' })
})

test('an error is no file, whatever type it says', async () => {
  const { baseUrl } = await serve(() => ({ status: 404, headers, body: JSON.stringify(errorList('not_found', 'No such job')) }))
  expect(await failureOf(connect(baseUrl).call(downloadDataExport, asked))).toMatchObject({ code: 'not_found', upstream: { message: 'No such job' } })
})
