import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Redactable, redactable } from '../../src/view/redaction/redactable.ts'
import { redaction } from '../../src/view/redaction/redaction.ts'

const making = (kinds: readonly Redactable[] = redactable) => redaction(kinds, 'secret')
const inText = (text: string, kinds?: readonly Redactable[]): string => making(kinds).leaving(text)
const marked = (text: string): string => text.replace(/-[2-7][a-z2-7]{9}/g, '-…')

describe('emails', () => {
  test.each([
    ['write to ada@example.com.', 'write to e-…@redacted.invalid.'],
    ['"ada@example.com"', '"e-…@redacted.invalid"'],
    ['Ada <ada+kayak@mail.example.co.uk>', 'Ada <e-…@redacted.invalid>'],
    ['mailto:ada@example.com?subject=Hi', 'mailto:e-…@redacted.invalid?subject=Hi'],
    ['https://x.example/?to=ada%40example.com&a=1', 'https://x.example/?to=e-…%40redacted.invalid&a=1'],
    ['https://x.example/?to=ada%2Bk%40example.com', 'https://x.example/?to=e-…%40redacted.invalid'],
    ['https://x.example/?u=https%3A%2F%2Fy.example%2F%3Fto%3Dada%40example.com', 'https://x.example/?u=https%3A%2F%2Fy.example%2F%3Fto%3De-…%40redacted.invalid'],
    ['https://x.example/?u=to%253Dada%2540example.com%2526a', 'https://x.example/?u=to%253De-…%2540redacted.invalid%2526a'],
    ['zoë@exämple.com, ＠home', 'e-…@redacted.invalid, ＠home'],
    ['a@b.co,c@d.co', 'e-…@redacted.invalid,e-…@redacted.invalid'],
    ['at 5 @ noon, @ada, me@home, x@', 'at 5 @ noon, @ada, me@home, x@'],
  ])('%s', (text, shown) => expect(marked(inText(text))).toBe(shown))

  test('are one whatever their case and encoding', () => {
    expect(new Set(['Ada@Example.com', 'ada@example.com', 'ada%40example.com', 'to%3Dada%40example.com', 'to%253Dada%2540example.com'].map((text) => inText(text).replace(/^to.*3D/, '').replace(/%(25)?40/, '@'))).size).toBe(1)
  })
})

describe('phones', () => {
  test.each(['+12075550142', '+1 207 555 0142', '+1 (207) 555-0142', '0012075550142', '(207) 555-0142', '207-555-0142', '207.555.0142', '020 7946 0958', '06 12 34 56 78', '+49 30 123456', '%2B12075550142', '＋１ ２０７ ５５５ ０１４２', '０９０－１２３４－５６７８'])('%s', (number) =>
    expect(marked(inText(`call ${number}, please`))).toBe('call phone-…, please'),
  )

  test.each(['2026-11-21', '21.11.2026 10:30', '09.11.2026', '2026-11-21T10:30:00Z', '1735689600', '66f0c3d1a7b24e1000000001', '403000090', 'PW-48213, PW-48377', '1,000,000', '192.168.0.1', '123e4567-e89b-12d3-a456-426614174000', 'WzE3MzU2ODk2MDAwMDAsMl0=', '0.5 to 12.75', '2 + 1234567'])(
    'not %s',
    (text) => expect(inText(text)).toBe(text),
  )

  test.each(['phone', 'Phone 2', 'homePhone', 'workPhone2', 'mobile_number_1'])('in the field %s however they are written', (key) => expect(marked(making().answer({ [key]: '2075550142' })[key]!)).toBe('phone-…'))

  test('with words beside them are not the number alone, and lead back to none else', () => {
    const made = making()
    const [crafted, number] = ['+1 207 555 0142, or visit evil.example', '+12075550142'].map((phone) => made.answer({ phone }).phone)
    expect([made.restored(number), made.restored(crafted)]).toEqual(['+12075550142', '+1 207 555 0142, or visit evil.example'])
  })

  test('are one however they are written', () => {
    expect(new Set(['+12075550142', '+1 207 555-0142', '0012075550142', '＋１２０７５５５０１４２'].map((text) => inText(text))).size).toBe(1)
  })
})

describe('names', () => {
  const knowing = (...names: readonly string[]) => {
    const made = making()
    made.learn({ data: names.map((name) => ({ type: 'contact', name })) })
    return made
  }

  test.each([
    ['Hi Zoë Okafor-Lee, and Zoe!', 'Hi Person-…, and Person-…!'],
    ['ZOE OKAFOR LEE wrote', 'Person-… wrote'],
    ['zoë okafor-lee wrote', 'Person-… wrote'],
    ['<b>Zoë</b> Okafor-Lee’s', '<b>Person-…</b> Person-…-Person-…’s'],
    ['https://x.example/Bill%20Zoe%20Okafor%20Lee.pdf?of=a%2520Okafor', 'https://x.example/Bill%20Person-….pdf?of=a%2520Person-…'],
    ['to okafor, a lee shore', 'to okafor, a lee shore'],
    ['Zoëlle and Leeward', 'Zoëlle and Leeward'],
  ])('%s', (text, shown) => expect(marked(knowing('Zoë Okafor-Lee').leaving(text))).toBe(shown))

  test('of scripts that part no words', () => {
    expect(marked(knowing('田中太郎').leaving('田中太郎さんから'))).toBe('Person-…さんから')
    expect(marked(knowing('김민수').leaving('김민수가'))).toBe('Person-…가')
  })

  test('in lower case, where they never had a capital, in what Intercom answered', () => {
    const made = knowing('maren')
    expect(marked(made.answer({ note: 'thanks, maren' }).note)).toBe('thanks, Person-…')
    expect(made.leaving('state: maren')).toBe('state: maren')
  })

  test('that are names of no person, or words of ours, stand only whole', () => {
    const made = knowing('Cedar Cove front desk', 'The Contact', 'Open')
    const text = 'The Cedar tree, Contact 7 and Cove: Open'
    expect(made.leaving(text)).toBe(text)
    expect(marked(made.leaving('cedar cove front desk'))).toBe('Person-…')
  })

  test('that are an email make no names of its provider', () => {
    expect(knowing('ada@gmail.com').leaving('Gmail, Com')).toBe('Gmail, Com')
  })

  test('by the thousand, with the same beginning, take no longer each', () => {
    const start = performance.now()
    knowing(...Array.from({ length: 30_000 }, (_, index) => `Test User ${index}`))
    expect(performance.now() - start).toBeLessThan(10_000)
  })

  test('the longest first, and of teammates none', () => {
    const made = knowing('Ana Maria', 'Ana Maria Silva')
    made.learn({ author: { type: 'admin', name: 'Tobias Renner' }, teams: [{ type: 'team', name: 'Billing' }] })
    expect(marked(made.leaving('Ana Maria Silva, Ana Maria, Tobias Renner, Billing'))).toBe('Person-…, Person-…, Tobias Renner, Billing')
  })
})

describe('bodies', () => {
  const said = { type: 'conversation', title: 'My refund', source: { subject: 'Refund', body: '<p>Where is it?</p>' }, conversation_rating: { remark: 'Slow' }, custom_attributes: { Topic: 'Billing', 'AI Title': 'A refund', Story: 'x'.repeat(61) } }
  const kept = { type: 'article', title: 'Refunds', body: '<p>How</p>', author_id: 1 }

  test('are what was said, not what is published', () => {
    const shown = making(['bodies']).answer({ said, kept })
    expect(JSON.stringify(shown.said)).not.toMatch(/refund|where|slow|xxx/i)
    expect(shown.said.custom_attributes.Topic).toBe('Billing')
    expect(shown.kept).toEqual(kept)
  })

  test.each([(text: string) => text, (text: string) => text.toUpperCase(), (text: string) => text.replace(', ', ',\n'), (text: string) => text.replace('[', '\\[').replace(']', '\\]')])('are not passed on, however a model spells them (%#)', (spell) => {
    const made = making()
    expect(() => made.restored(`He said: ${spell(made.answer({ body: 'Where?' }).body)}`)).toThrow('cannot be passed on')
  })

  test('tell that they are the same, and how long', () => {
    const [one, same, other] = ['Where?', 'Where?', 'There!'].map((body) => making(['bodies']).answer({ body }).body)
    expect(one).toMatch(/^\[text [2-7][a-z2-7]{9}, 6 characters\]$/)
    expect([same, other === one]).toEqual([one, false])
  })
})

describe('pseudonyms', () => {
  const emails = fc.emailAddress().filter((email) => /^[\w.+-]*\w@/.test(email) && /^\w/.test(email))

  test('stay as they are when they are redacted again', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(emails, fc.string({ unit: 'binary' }), fc.constantFrom('+12075550142', 'Ada Lovelace', ' '))), (texts) => {
        const made = making()
        made.learn({ type: 'contact', name: 'Ada Lovelace' })
        const once = made.answer({ email: 'ada@example.com', name: 'Ada Lovelace', body: texts.join(' '), note: texts.join(' ') })
        expect(made.answer(once)).toEqual(once)
        expect(made.leaving(once)).toEqual(once)
      }),
    )
  })

  test('lead back to what they stand for', () => {
    fc.assert(
      fc.property(emails, fc.lorem(), (email, words) => {
        const made = making(['emails'])
        const text = `${words} ${email}, ${words}`
        expect(made.leaving(text)).not.toContain(email)
        expect(made.restored(made.leaving(text))).toBe(text)
        expect(made.restored(JSON.stringify({ text: made.leaving(text) }))).toBe(JSON.stringify({ text }))
      }),
    )
  })

  test('lead back as JSON writes values in JSON alone', () => {
    const made = making()
    const name = made.answer({ type: 'contact', name: 'Dwayne "Rock" Johnson' }).name
    expect(made.restored(`[Note] ${name} called`)).toBe('[Note] Dwayne "Rock" Johnson called')
    expect(made.restored(`{"name": "${name}"}`)).toBe('{"name": "Dwayne \\"Rock\\" Johnson"}')
  })

  test('are forgotten one by one, the oldest first', () => {
    const made = making(['emails'])
    const first = made.leaving('first@example.com')
    for (let count = 0; count < 50_000; count++) made.leaving(`u${count}@example.com`)
    expect(() => made.restored(first)).toThrow('does not know, or no longer')
    expect(made.restored(made.leaving('u49999@example.com'))).toBe('u49999@example.com')
  })

  test('are others for another secret', () => {
    expect(redaction(['emails'], 'one').leaving('ada@example.com')).not.toBe(redaction(['emails'], 'two').leaving('ada@example.com'))
  })
})

test('what was used in a request leaves no beginning of it where the answer is cut', () => {
  const used = [{ value: 'ada@example.com', pseudonym: 'e-2aaaaaaaaa@redacted.invalid' }]
  const made = making([])
  expect(made.leaving('"xxada@ex" is no id', used)).toBe('"xx…" is no id')
  expect(made.leaving('nobody has ADA@example.com here, said adam', used)).toBe('nobody has e-2aaaaaaaaa@redacted.invalid here, said adam')
})

test('long texts take time in proportion to their length', () => {
  const made = making(['emails', 'phones', 'names'])
  made.learn({ type: 'contact', name: 'Ada Lovelace' })
  for (const text of ['a', 'a.', 'a@', '@', '%40', '25', '+1 ', '+1(', '0 1', '1-2-', 'Ada ', '田', '&#', "'"]) {
    const start = performance.now()
    made.answer({ note: `%${text.repeat(40_000)}@x.example` })
    expect(performance.now() - start, text).toBeLessThan(20_000)
  }
})
