import { readFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { connect, failureOf } from '../client/servers.ts'
import { open } from '../tools/session.ts'
import { createCollection } from '../../src/contract/help-center.ts'
import { requestsOf, message } from './faults/upstream.ts'
import { tally } from './figures.ts'

const figure = tally('Names and certificates that are not Intercom’s: nothing is sent, and so it is told')

const ended: (() => void)[] = []
afterEach(() => ended.splice(0).forEach((end) => end()))

const portOf = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ended.push(() => server.close())
  return (server.address() as AddressInfo).port // always one of a TCP server
}

const pem = (name: string) => readFileSync(`${import.meta.dirname}/faults/certificates/${name}.pem`)

/** A server for localhost under one of the certificates, and the requests that got through to it. */
const certified = async (certificate: string) => {
  const asked: string[] = []
  const server = createTlsServer({ cert: pem(certificate), key: pem('key') }, (socket) => {
    ended.push(() => socket.destroy())
    requestsOf(socket.on('error', () => {}), ({ path }) => {
      asked.push(path)
      socket.write(message(200, '{"type":"contact","id":"5","name":"Ada"}'))
    })
  })
  return { port: await portOf(server), asked }
}

/** A session whose program trusts the authority that the tests' certificates are of. */
const trusting = (port: number) =>
  open(['--toolsets', 'all'], { INTERCOM_BASE_URL: `https://localhost:${port}`, INTERCOM_ACCESS_TOKEN: 'token-a', NODE_EXTRA_CA_CERTS: `${import.meta.dirname}/faults/certificates/ca.pem` })

test('a certificate that is good is trusted, so that what follows is refused for what is wrong with it', async () => {
  const { port, asked } = await certified('good')
  const session = await trusting(port)
  expect(await session.call('get_contact', { id: '5' })).toMatchObject({ isError: false, text: expect.stringContaining('Ada') })
  expect(asked).toContain('/contacts/5')
  await session.close()
})

test.each([
  ['expired', /CERT_HAS_EXPIRED/],
  ['early', /CERT_NOT_YET_VALID/],
  ['other-host', /ERR_TLS_CERT_ALTNAME_INVALID/],
  ['self-signed', /DEPTH_ZERO_SELF_SIGNED_CERT/],
])('nothing is sent to a server whose certificate is %s', async (certificate, why) => {
  const { port, asked } = await certified(certificate)
  const session = await trusting(port)
  const calls: [string, Record<string, unknown>][] = [
    ['get_contact', { id: '5' }],
    ['search_contacts', { query: { field: 'email', operator: '=', value: 'a@example.com' } }],
    ['update_contact', { id: '5', name: 'Eve' }],
    ['create_collection', { name: 'New' }],
  ]
  for (const [tool, input] of calls)
    await figure.during(async () => {
      const answer = await session.call(tool, input)
      expect(answer).toMatchObject({ isError: true, text: expect.stringMatching(why) })
      if (/update|create/.test(tool)) expect(answer.text).toContain('Nothing was sent.')
    })
  expect(asked).toEqual([])
  await session.close()
})

const silent = (greet: (socket: Socket) => void) =>
  createServer((socket) => {
    ended.push(() => socket.destroy())
    greet(socket.on('error', () => {}).resume())
  })

test.each<[string, (socket: Socket) => void, string]>([
  ['never shakes hands', () => {}, 'timeout'],
  ['breaks off the handshake', (socket) => void socket.once('data', () => socket.destroy()), 'unreachable'],
  ['resets the handshake', (socket) => void socket.once('data', () => socket.resetAndDestroy()), 'unreachable'],
  ['speaks no TLS', (socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'), 'unreachable'],
  ['stalls within the handshake', (socket) => void socket.once('data', () => socket.write(Buffer.from('160303004a020000460303', 'hex'))), 'timeout'],
])('nothing is sent to a server that %s', async (_, greet, code) => {
  const port = await portOf(silent(greet))
  await figure.during(async () => {
    const failure = await failureOf(connect(`https://localhost:${port}`, { random: () => 0 }).call(createCollection, { name: 'New' }, { deadlineMs: 400 }))
    expect(failure).toMatchObject({ code, outcome: 'not_sent', advice: expect.stringContaining('Nothing was sent.') })
  })
})

test('nothing is sent where nobody listens', async () => {
  const server = createServer()
  const port = await portOf(server)
  await new Promise((resolve) => server.close(resolve))
  for (const host of ['127.0.0.1', 'localhost'])
    await figure.during(async () => {
      const failure = await failureOf(connect(`http://${host}:${port}`, { random: () => 0 }).call(createCollection, { name: 'New' }))
      expect(failure).toMatchObject({ code: 'unreachable', outcome: 'not_sent', note: 'ECONNREFUSED' })
    })
})
