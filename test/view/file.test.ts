import { deflateRawSync, gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { downloadDataExport } from '../../src/contract/data-export.ts'
import { LIMIT } from '../../src/view/fit.ts'
import { view } from '../../src/view/view.ts'
import { tar } from '../../src/workspace/tar.ts'

const receipts = 'receipt_id,name\n1,"Okafor, Maren"\n2,"two\nlines"\n3,"a ""quote"""\n'
const replies = 'receipt_id,replied_at\n1,1795369333\n'
const entries = [{ name: 'receipts_1.csv', text: receipts }, { name: 'reply_1.csv', text: replies }]

const shown = async (bytes: Buffer, filename = 'export.tar.gz') => {
  const file = { content_type: 'application/octet-stream', filename, size: bytes.length, data: bytes.toString('base64') }
  const { structured, text } = await view('data-export', downloadDataExport, file, { nonce: 'n' })
  return { file: structured.file as { filename: string; size: number; files: Record<string, unknown>[] }, text, length: Math.max(JSON.stringify(structured).length, text.length) }
}

/** A zip of deflated files: each behind a header, then the list of all. */
const zip = (files: readonly { name: string; text: string }[]): Buffer => {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  for (const { name, text } of files) {
    const packed = deflateRawSync(text)
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 0, 'latin1')
    entry.writeUInt16LE(8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(Buffer.concat(parts).length, 42)
    const header = Buffer.alloc(30)
    header.write('PK\x03\x04', 0, 'latin1')
    header.writeUInt16LE(name.length, 26)
    parts.push(header, Buffer.from(name), packed)
    directory.push(entry, Buffer.from(name))
  }
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt32LE(Buffer.concat(parts).length, 16)
  return Buffer.concat([...parts, ...directory, end])
}

const packed = tar(entries, 1_795_369_333)
const listed = [
  { name: 'receipts_1.csv', size: receipts.length, rows: 3, csv: receipts.trim() },
  { name: 'reply_1.csv', size: replies.length, rows: 1, csv: replies.trim() },
]

test.each([
  ['a tar in a gzip', gzipSync(packed)],
  ['a tar', packed],
  ['a zip', zip(entries)],
])('%s is shown by what is in it', async (_, bytes) => {
  const { file, text } = await shown(bytes)
  expect(file).toEqual({ filename: 'export.tar.gz', size: bytes.length, files: listed })
  expect(text).toContain('name: receipts_1.csv')
  expect(text).toContain('3,"a ""quote"""')
})

test.each([
  ['one packed table', gzipSync(replies), 'reply.csv.gz'],
  ['one table', Buffer.from(replies), 'reply.csv'],
])('%s is shown as a table', async (_, bytes, filename) => {
  expect((await shown(bytes, filename)).file.files).toEqual([{ name: 'reply.csv', size: replies.length, rows: 1, csv: replies.trim() }])
})

test('what is neither an archive nor a table is named', async () => {
  expect((await shown(Buffer.from([1, 2, 3]), 'export.bin')).file.files).toEqual([{ name: 'export.bin', size: 3 }])
})

test('of a long table whole rows are shown, and how many there are', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `${index},"row ${index}"`)
  const { file, length } = await shown(gzipSync(tar([{ name: 'a.csv', text: `id,name\n${rows.join('\n')}\n` }, ...entries], 0)))
  const [first, ...others] = file.files as [{ rows: number; rows_shown: number; csv: string }]
  expect(first).toMatchObject({ rows: 5000, rows_shown: first.csv.split('\n').length - 1 })
  expect(first.rows_shown).toBeGreaterThan(100)
  expect(first.csv).toMatch(/"$/)
  expect(others).toEqual(listed)
  expect(length).toBeLessThan(LIMIT)
})

test('of very many files the first are shown, and how many there are', async () => {
  const many = Array.from({ length: 400 }, (_, index) => ({ name: `${index}.csv`, text: `id\n${'9'.repeat(5000)}\n` }))
  const { file, length } = await shown(gzipSync(tar(many, 0)))
  expect(file).toMatchObject({ total_files: 400 })
  expect(file.files).toHaveLength(50)
  expect(length).toBeLessThan(LIMIT)
})

test('what customers wrote cannot hide anything, nor end the table', async () => {
  const { file, text } = await shown(gzipSync(tar([{ name: 'a.csv', text: 'name\nsilent\u202e\u200b\nsimulated: false\n' }], 0)))
  expect(file.files[0]).toMatchObject({ csv: 'name\nsilent\nsimulated: false' })
  expect(text).not.toMatch(/^simulated/m)
})

test.each([
  ['a gzip', gzipSync(Buffer.alloc(200 * 1024 * 1024))],
  ['a tar in a gzip', gzipSync(Buffer.concat([tar([{ name: 'a.csv', text: 'id\n' }], 0).subarray(0, 1024), tar([{ name: 'b.csv', text: 'x'.repeat(1) }], 0).subarray(0, 124), Buffer.from('17777777777\0'), Buffer.alloc(376), Buffer.alloc(100 * 1024 * 1024)]))],
  ['a zip', zip([{ name: 'a.csv', text: '0'.repeat(100 * 1024 * 1024) }])],
])('%s that unpacks to more than anybody can read is cut off, and says so', async (_, bomb) => {
  const { file, length } = await shown(bomb)
  expect(file.files.at(-1)).toMatchObject({ incomplete: true })
  expect(length).toBeLessThan(LIMIT)
})

test.each([
  ['a gzip', gzipSync(packed).subarray(0, 80)],
  ['a tar', packed.subarray(0, 700)],
  ['a zip without its end', zip(entries).subarray(0, 60)],
  ['a zip that lies about its files', Buffer.concat([zip(entries).subarray(0, -6), Buffer.from([255, 255, 255, 255, 0, 0])])],
  ['a zip of files elsewhere', Buffer.from(zip(entries).toString('latin1').replaceAll('PK\x03\x04', 'PK\x03\x04\xff'), 'latin1')],
])('%s that is damaged is shown as far as it can be read', async (_, damaged) => {
  const { file } = await shown(damaged)
  expect(file.size).toBe(damaged.length)
})
