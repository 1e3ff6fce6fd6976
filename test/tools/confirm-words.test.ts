import { describe, expect, test } from 'vitest'
import { updateArticle } from '../../src/contract/articles.ts'
import { replyConversation } from '../../src/contract/conversations.ts'
import { asRead } from '../../src/tools/confirm/as-read.ts'
import { factsOf } from '../../src/tools/confirm/facts.ts'
import { fieldLines } from '../../src/tools/confirm/fields.ts'
import { leavesOf } from '../../src/tools/confirm/leaves.ts'
import { Question } from '../../src/tools/confirm/question.ts'
import { quoted } from '../../src/tools/confirm/quoted.ts'
import { revealed } from '../../src/tools/confirm/revealed.ts'
import { strangersIn } from '../../src/tools/confirm/strangers.ts'
import type { Document } from '../../src/tools/confirm/subjects.ts'

describe('what hides is revealed', () => {
  test.each([
    ['a\u200bb', 'a⟨U+200B⟩b'],
    ['bell\u0007', 'bell⟨U+0007⟩'],
    ['tag \u{e0041}', 'tag ⟨U+E0041⟩'],
    ['\u202e\u00ad\u2028\u2029\u3164\u2800', '⟨U+202E⟩⟨U+00AD⟩⟨U+2028⟩⟨U+2029⟩⟨U+3164⟩⟨U+2800⟩'],
    ['\ue000 and \ud800 alone', '⟨U+E000⟩ and ⟨U+D800⟩ alone'],
    ['a\u200d', 'a⟨U+200D⟩'],
    ['a\ufe0f', 'a⟨U+FE0F⟩'],
    ['line\rline', 'line⟨U+000D⟩line'],
  ])('%j', (text, expected) => expect(revealed(text)).toBe(expected))

  test.each(['a\n\tb', 'Zoë 漢字 !?', '👨\u200d👩\u200d👧', '👍🏽\u200d🔧', '❤\ufe0f\u200d🔥', '1\ufe0f\u20e3 #\ufe0f *\ufe0f'])('%j hides nothing', (text) => expect(revealed(text)).toBe(text))
})

test('every value has its place, however deep, and no name passes for more than one', () => {
  const value = { a: { b: [1, { c: null }] }, d: [], e: {}, 'Fav colour_2-é': true, 'x: y\nWhere': 1, 'z ⟨': 2, '\u200b': 3, ok$: 4 }
  expect(leavesOf(value)).toEqual([
    { path: 'a.b[0]', key: 'b', value: 1 },
    { path: 'a.b[1].c', key: 'c', value: null },
    { path: 'd', key: 'd', value: [] },
    { path: 'e', key: 'e', value: {} },
    { path: 'Fav colour_2-é', key: 'Fav colour_2-é', value: true },
    { path: '"x: y\\nWhere"', key: 'x: y\nWhere', value: 1 },
    { path: '"z ⟨"', key: 'z ⟨', value: 2 },
    { path: '"⟨U+200B⟩"', key: '\u200b', value: 3 },
    { path: '"ok$"', key: 'ok$', value: 4 },
  ])
  expect(leavesOf('alone')).toEqual([{ path: '', key: '', value: 'alone' }])
})

describe('what tells an object from others', () => {
  test('stands in one order, each in its words', () => {
    const keys = ['body', 'url', 'locale', 'status', 'state', 'role', 'ticket_id', 'company_id', 'external_id', 'phone', 'email', 'subject', 'title', 'pseudonym', 'name']
    expect(factsOf(Object.fromEntries([...keys, 'id', 'note'].map((key) => [key, `a ${key}`])))).toEqual(keys.toReversed().map((key) => `${key} "a ${key}"`))
  })

  test('is text or number, and not empty', () => {
    expect(factsOf({ name: '', title: null, ticket_id: 5, role: true, state: {}, url: undefined })).toEqual(['ticket_id "5"'])
  })

  test('of conversations and tickets it is further within', () => {
    expect(factsOf({ source: { subject: 'Late' }, ticket_attributes: { _default_title_: 'Helmets', other: 'x' }, title: 'not this' })).toEqual(['title "Helmets"', 'subject "Late"'])
    expect(factsOf({ source: null, ticket_attributes: 'none', title: 'this' })).toEqual(['title "this"'])
    expect(factsOf({ source: { id: '1' }, subject: 'stays' })).toEqual(['subject "stays"'])
  })
})

test('what others wrote stands in quotes on one line, and not too long', () => {
  expect(quoted('  "Hi"\n\n  there\t ')).toBe(String.raw`"\"Hi\" there"`)
  expect(JSON.parse(quoted('a'.repeat(300)))).toMatch(/^a{60,100}[^a]/)
  expect(quoted('a'.repeat(100))).toBe(`"${'a'.repeat(100)}"`)
})

test('a text is read as browsers do, and parted where they part it', () => {
  expect(asRead('plain &amp; simple')).toEqual({ text: 'plain & simple', addresses: [] })
  expect(asRead('<p>a<b>b</b></p><x-b>c</x-b>d<br>e')).toMatchObject({ text: '\nab\n\nc\nd\ne' })
})

test('a question says what it is where it is not caught', () => {
  expect(new Question('preview', 'seal')).toMatchObject({ message: 'a person has to agree first', preview: 'preview', seal: 'seal' })
})

describe('what is sent', () => {
  const none = { things: [], people: [], pointers: [] }
  const said = (input: Document): string[] => fieldLines({ operation: replyConversation, input, effect: 'send' }, none)
  const changing = (input: Document, now: Document) => fieldLines({ operation: updateArticle, input, effect: 'send' }, { ...none, things: [{ called: 'other', document: { title: 'no' } }, { called: 'it', document: now }] })
  const knowing = (input: Document, ...documents: (Document | undefined)[]) =>
    fieldLines({ operation: replyConversation, input, effect: 'send' }, { ...none, people: documents.map((document) => ({ called: 'contact', document })) })

  test.each<[Document, string[]]>([
    [{ body: 'Hi' }, ['body: Hi']],
    [{ body: '' }, ['body: ""']],
    [{ body: ' \n' }, ['body:', '  │  ', '  │ ']],
    [{ body: '  ' }, ['body: "  "']],
    [{ body: 'a\u200bb' }, ['body: a⟨U+200B⟩b']],
    [{ count: 5, list: [], gone: null, yes: false }, ['count: 5', 'list: []', 'gone: null', 'yes: false']],
    [{ body: 'x'.repeat(79) }, [`body: ${'x'.repeat(79)}`]],
    [{ body: 'x'.repeat(80) }, ['body:', `  │ ${'x'.repeat(80)}`]],
    [{ body: 'one\rtwo\r\nthree\n\nfour' }, ['body:', '  │ one', '  │ two', '  │ three', '  │ ', '  │ four']],
    [{ body: '1 < 2 & 3' }, ['body: 1 < 2 & 3']],
    [{ body: 'see https://a.example/x' }, ['body: see https://a.example/x']],
    [{ body: 'one\nhttp://a.example/x and https://b.exаmple/y' }, ['body:', '  │ one', '  │ http://a.example/x and https://b.exаmple/y', '  leads to http://a.example/x', '  leads to https://b.xn--exmple-4nf/y']],
  ])('%j', (input, lines) => expect(said(input)).toEqual(lines))

  test.each(['<p>Hi</p>', 'a<br>b', 'a &amp; b', 'a &#38; b', '<!-- x -->', 'a</B>'])('%s is shown as it reads and as it is sent', (body) => {
    const lines = said({ body })
    expect(lines[0]).toBe('body, as it reads:')
    expect(lines.slice(-2)).toEqual(['body, as it is sent:', `  │ ${body}`])
  })

  test.each([
    ['<a href="//evil.example/x">a</a>', ['https://evil.example/x']],
    [String.raw`<a href="\\evil.example/x">a</a>`, ['https://evil.example/x']],
    ['<a href=" ht\ntps://a.ex\tample/ ">a</a>', ['https://a.example/']],
    ['<img src="https://a.example/i.png"><a href="https://a.example/i.png">b</a>', ['https://a.example/i.png']],
    ['<a href="mailto:x@a.example">a</a> https://b.example', ['https://b.example/', 'mailto:x@a.example']],
    ['<img src="data:image/png;base64,AA"><a href="/relative">a</a><a href="https://">b</a>', []],
    ['<p>htt<b>ps://a.exam</b>ple/z</p>', ['https://a.example/z']],
    ['<p>https://a.example</p><p>x</p>', ['https://a.example/']],
    ['<p>xhttps://c.example http:// HTTP://d.example"</p>', ['http://d.example/']],
  ])('%s leads to %j', (body, leads) => expect(said({ body }).filter((line) => line.startsWith('  leads to '))).toEqual(leads.map((url) => `  leads to ${url}`)))

  test('an attachment is told by its size and hash, and nothing else is', () => {
    const data = 'QUJD_-+/='.repeat(12)
    const [told] = said({ attachment_files: [{ data }] })
    expect(told).toMatch(/^attachment_files\[0\]\.data: 108 characters of a file, SHA-256 [0-9a-f]{64}$/)
    expect(said({ attachment_files: Array.from({ length: 12 }, () => ({ data })) }).at(-1)).toMatch(/^attachment_files\[11\]\.data: 108 characters of a file/)
    const shown = (input: Document) => said(input).join('\n')
    for (const input of [{ attachment_files: [{ data: 'A'.repeat(99) }] }, { attachment_files: [{ data: `${data} ` }] }, { attachment_files: [{ data: `!${data}` }] }, { attachment_files: [{ data, database: data }] }, { x: { attachment_files: [{ data }] } }, { data }])
      expect(shown(input)).toContain('  │ ')
  })

  test('beside what it changes stands what that is now', () => {
    const now = { title: 'Old', body: 'x', description: null, state: 'draft', author_id: 5, parent: { id: 1 } }
    expect(changing({ title: 'New', description: 'd', state: 'draft', author_id: 6, parent: 'p', locale: 'fr' }, now)).toEqual([
      'title: New (now "Old")', 'description: d', 'state: draft', 'author_id: 6 (now "5")', 'parent: p', 'locale: fr',
    ])
    expect(changing({ body: 'y\nz' }, now)).toEqual(['body: (now "x")', '  │ y', '  │ z'])
    expect(said({ title: 'New' })).toEqual(['title: New'])
  })

  test('beside an id stands whose it is', () => {
    const people = [undefined, { id: 'c1', name: 'Maren', email: 'm@a.example' }, { id: 'c2', name: null, email: 'n@a.example' }, { id: 'c3', name: null, email: null }, { id: 7, name: 'Seven' }]
    expect(knowing({ from: 'c1', into: 'c2', other: 'c3', count: 7, none: 'c9' }, ...people)).toEqual(['from: c1 ("Maren")', 'into: c2 ("n@a.example")', 'other: c3', 'count: 7', 'none: c9'])
  })
})

describe('what may belong to somebody else', () => {
  test.each<[string, string[]]>([
    ['Write to maren.o+x@cedar-cove.example.org.', ['maren.o+x@cedar-cove.example.org']],
    ['Schreib an jörg@müller.example', ['jörg@müller.example']],
    ['a@b is none, @b.example neither', []],
    ['ring +1 (207) 555-0199 or 0 1 2 3 4 5', ['+1 (207) 555-0199', '0 1 2 3 4 5']],
    ['only 12345 of 2.5', []],
    ['id 66f0c3d1a7b24e10ab0c0d06.', ['66f0c3d1a7b24e10ab0c0d06']],
    ['id 66f0c3d1a7b24e1000000006, whole, and 1000000006', ['66f0c3d1a7b24e1000000006', '1000000006']],
    ['ask 66f0c3d1a7b24e1000000006', ['66f0c3d1a7b24e1000000006']],
    ['ring 555 66f0c3d1a7b24e1000000006 555', ['66f0c3d1a7b24e1000000006']],
    ['not 66f0c3d1a7b24e1abcdef0006a here', []],
    ['on 2026-11-22, 1999/1/31 and 2026.12.09', []],
    ['12 2026-11-22 3456', []],
    ['on 2026-13-22 and 1826-11-22', ['2026-13-22', '1826-11-22']],
    ['on 2026-11-221', ['2026-11-221']],
    ['full width １２３４５６ and ａ＠ｂ.example', ['a@b.example', '123456']],
    ['ma<b>ren</b>@a.example', ['maren@a.example']],
    ['555<i>01</i>99', ['5550199']],
  ])('%s', (text, strangers) => expect(strangersIn({ body: text }, {})).toEqual(strangers))

  test('an id that was read hides no number of its digits', () => {
    expect(strangersIn({ body: '66f0c3d1a7b24e1000000006 and 1000000006' }, { id: '66f0c3d1a7b24e1000000006' })).toEqual(['1000000006'])
  })

  test('is what stands nowhere in what was read, however it is written', () => {
    const read = [{ email: 'Maren@A.example', phone: '+1 207 555 0199', deep: { owner: '66F0C3D1A7B24E1000000006' } }]
    expect(strangersIn({ body: 'maren@a.EXAMPLE, +1 (207) 555-0199, 66f0c3d1a7b24e1000000006' }, read)).toEqual([])
    expect(strangersIn({ body: 'maren@a.example.org, 1207555019' }, read)).toEqual(['maren@a.example.org', '1207555019'])
  })

  test('is told once, as it is written last, and not of what is an id or a time', () => {
    expect(strangersIn({ body: 'A@b.example a@b.example', subject: '555-0199-1', id: '123456', admin_id: '123456', ids: ['123456'], tag_ids: ['123456'], created_at: 1234567, at: 1234567 }, {})).toEqual(['a@b.example', '555-0199-1'])
    expect(strangersIn({ idea: '123456', chat: '234567', identity: '345678' }, {})).toEqual(['123456', '234567', '345678'])
  })
})
