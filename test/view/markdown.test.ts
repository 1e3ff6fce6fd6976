import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markdown } from '../../src/view/markdown.ts'

test.each([
  ['<p>Hello <b>Ada</b></p>', 'Hello **Ada**'],
  ['<p class="no-margin">One</p><p>Two</p>', 'One\n\nTwo'],
  ['line<br>break', 'line\nbreak'],
  ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
  ['<p>First:</p><ol><li><p>one</p></li><li><p>two</p></li></ol><p>Last.</p>', 'First:\n- one\n- two\n\nLast.'],
  ['see <a href="https://example.com/a?b=1&amp;c=2">this</a>', 'see [this](https://example.com/a?b=1&c=2)'],
  ['<a href="javascript:alert(1)">click</a>', '[click]'],
  ['<img src="https://example.com/x.png" alt="a chart">', '[image: a chart]'],
  ['a <script>alert("x")</script>b<!-- hidden -->', 'a b'],
  ['<style>p{color:red}</style><p>shown</p>', 'shown'],
  ['5 &lt; 6 &amp; 7', '5 < 6 & 7'],
  ['<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>', '| A | B |\n| 1 | 2 |'],
  ['no html at all', 'no html at all'],
])('%s', (html, expected) => {
  expect(markdown(html)).toBe(expected)
})

test('nesting of any depth and large bodies come through', () => {
  const depth = 5_000
  expect(markdown(`${'<div><b>'.repeat(depth)}deep${'</b></div>'.repeat(depth)}`)).toContain('deep')
  expect(markdown(`<p>${'<'.repeat(100_000)}</p>`).length).toBeGreaterThan(0)
  expect(markdown('<p>word</p>'.repeat(400_000)).length).toBeGreaterThan(400_000)
})

test('any text whatever is answered with text', () => {
  const soup = fc.array(fc.oneof(fc.constantFrom('<p>', '</p>', '<script>', '</script>', '<a href=', '"', '>', '<!--', '-->', '&amp;', '&#0;', '<li>'), fc.string()))
  fc.assert(fc.property(soup, (parts) => typeof markdown(parts.join('')) === 'string'), { numRuns: 300 })
})
