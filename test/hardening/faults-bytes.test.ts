import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { encode } from '../../src/contract/wire.ts'
import { dice } from './faults/dice.ts'
import type { Fault } from './faults/fault.ts'
import { askings, type Kind, kinds, ourClient, tryOut } from './faults/trial.ts'
import { message, truth } from './faults/upstream.ts'
import { broken, described } from './faults/verdict.ts'
import { cases, tally } from './figures.ts'

const cuts = tally('Answers cut short after any of their bytes: never believed, and told as what they are')
const changes = tally('Answers with any of their bytes changed: an answer in time, at most one run, health afterwards')

const chunkedOf = (body: Uint8Array, head = ''): Buffer =>
  Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\n${head}transfer-encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])

/** The ways in which an answer tells where it ends. */
const forms: Readonly<Record<string, (proper: string) => Buffer>> = {
  'by its length': (proper) => message(200, proper),
  'in chunks': (proper) => chunkedOf(Buffer.from(proper)),
  'with its connection': (proper) => Buffer.from(`HTTP/1.1 200 OK\r\n\r\n${proper}`),
  'by its length, packed': (proper) => message(200, gzipSync(proper), { 'content-encoding': 'gzip' }),
  'in chunks, packed': (proper) => chunkedOf(gzipSync(proper), 'content-encoding: gzip\r\n'),
  'with its connection, packed': (proper) => Buffer.concat([Buffer.from('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n'), gzipSync(proper)]),
}

/** What a call is answered when nothing is wrong. */
const answerTo = (kind: Kind): string => {
  const { operation, input } = askings[kind]
  const { method, path, body } = encode(operation, input)
  return truth().answer({ method, path, body: JSON.stringify(body) ?? '' }, false)!
}

const cutAt = (form: string, at: number, reset: boolean): Fault => ({
  name: `an answer that ends ${form}, after ${at} bytes, ${reset ? 'reset' : 'closed'}`,
  does: (socket, proper) => {
    const part = forms[form]!(proper).subarray(0, at)
    if (reset) socket.write(part, () => setTimeout(() => socket.resetAndDestroy(), 1))
    else socket.end(part)
  },
  told: ['bad_answer', 'unavailable'],
})

const inBatches = async <T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> => {
  for (let at = 0; at < items.length; at += 16) await Promise.all(items.slice(at, at + 16).map(work))
}

const expectToHold = async (kind: Kind, fault: Fault, but: readonly string[] = []) => {
  const seen = await tryOut(kind, { faults: [fault], after: 'the same', ran: true }, ourClient)
  expect(broken(seen).filter((rule) => !but.includes(rule)), described(seen)).toEqual([])
  return seen
}

/** Of four bytes one, and other bytes for each kind of call; or all for all. */
const step = cases(4, 1)

const cutsOf = (form: string) =>
  kinds.flatMap((kind, index) => {
    const places = Array.from({ length: forms[form]!(answerTo(kind)).length }, (_, at) => ({ kind, at }))
    return places.filter(({ at }) => at % step === index % step)
  })

test.each(Object.keys(forms))('an answer that ends %s is cut after each of its bytes', async (form) => {
  await inBatches(cutsOf(form), ({ kind, at }) =>
    cuts.during(async () => {
      const seen = await expectToHold(kind, cutAt(form, at, at % 3 === 0))
      if (!form.startsWith('in chunks')) expect(seen.failure, described(seen)).toBeDefined() // the last bytes of chunks say nothing more
    }),
  )
}, 600_000)

/** Of any bytes, some others; not what a reader would have to take on trust. */
const changedBy = (roll: () => number, form: string): Fault => {
  const changes = Array.from({ length: 1 + Math.floor(roll() * 3) }, () => ({ place: roll(), byte: Math.floor(roll() * 256) }))
  return {
    name: `an answer that ends ${form}, with ${JSON.stringify(changes)}`,
    does: (socket, proper) => {
      const bytes = forms[form]!(proper)
      for (const { place, byte } of changes) bytes[Math.floor(place * bytes.length)] = byte
      socket.end(bytes)
    },
    told: 'bad_answer',
    hangs: true,
  }
}

test('an answer of which bytes are changed', async () => {
  const roll = dice(77)
  const tried = Array.from({ length: cases(200, 10_000) }, (_, index) => ({ kind: kinds[index % kinds.length]!, fault: changedBy(roll, Object.keys(forms)[index % 6]!) }))
  // what is changed within a text cannot be told from what was meant
  await inBatches(tried, ({ kind, fault }) => changes.during(async () => void (await expectToHold(kind, fault, ['no false success']))))
}, 900_000)
