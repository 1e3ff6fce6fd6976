import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markdown } from '../../src/view/markdown/markdown.ts'
import { plain } from '../../src/view/plain.ts'

const lines = (...all: string[]): string => all.join('\n')

test.each([
  ['<p>Hello <b>Ada</b></p>', 'Hello **Ada**'],
  ['<p class="no-margin">One</p><p>Two</p>', 'One\n\nTwo'],
  ['line<br>break', 'line\nbreak'],
  ['two<br><br>breaks', 'two\n\nbreaks'],
  ['<div>One</div><div><br></div><div>Two<br></div><div>Three</div>', 'One\n\nTwo\nThree'],
  ['<p>One</p><p>&nbsp;</p><p>Two</p>', 'One\n\nTwo'],
  ['<p>never closed<p>nor this', 'never closed\n\nnor this'],
  ['<h1>Big <b>news</b></h1>text<h5>Small</h5>', '# Big **news**\n\ntext\n\n##### Small'],
  ['<h2>One<br>heading</h2>', '## One heading'],
  ['a<hr><hr>b', 'a\n\n---\n\nb'],
  ['5 &lt; 6 &amp; 7', '5 < 6 & 7'],
  ['<p>5 &lt; 6&nbsp;&eacute;&#x1f600;</p>', '5 < 6 é😀'],
  ['<p>x < y and y > z</p>', 'x < y and y > z'],
  ['<p>Ada <ada@example.com> wrote</p>', 'Ada <ada@example.com> wrote'],
  ['no html at all', 'no html at all'],
])('text: %s', (html, expected) => {
  expect(markdown(html)).toBe(expected)
})

test.each([
  ['a <b> bold </b>word', 'a **bold** word'],
  ['<b>one</b><b>two</b>', '**onetwo**'],
  ['<b></b><i> </i>nothing', 'nothing'],
  ['<b>two<br>lines</b>', '**two**\n**lines**'],
  ['<strong>a <em>b</em></strong> <s>c</s>', '**a _b_** ~~c~~'],
  ['<b>wrongly <i>nested</b> words</i>', '**wrongly _nested_** words'],
  ['use <code>npm</code>', 'use `npm`'],
  ['<code>a ` b</code>', '`` a ` b ``'],
  ['<code>a<b>b</b></code>', '`a`**`b`**'],
  ['$19<sup>99</sup>, 10<sup>-3</sup>, the 1<sup>st</sup> of May<sup>2</sup>', '$19⁹⁹, 10⁻³, the 1st of May²'],
  ['<span style="text-decoration:line-through">59</span>, then <u style="text-decoration: solid line-through">49</u> <b>39</b>', '~~59~~, then ~~49~~ **39**'],
  ['<b style="font-weight:normal;"><p>One</p><span style="font-weight:700">two</span></b>', 'One\n\ntwo'],
])('emphasis: %s', (html, expected) => {
  expect(markdown(html)).toBe(expected)
})

test.each([
  ['see <a href="https://example.com/a?b=1&amp;c=2">this</a>', 'see [this](https://example.com/a?b=1&c=2)'],
  ['<a href="https://example.com/">https://example.com</a>', 'https://example.com/'],
  ['<a href="http://www.example.com">www.example.com</a>', 'http://www.example.com'],
  ['<a href="mailto:ada@example.com">ada@example.com</a>', 'ada@example.com'],
  ['<a href="https://evil.example">example.com</a>', '[example.com](https://evil.example)'],
  ['<a href="//example.com">here</a>', '[here](https://example.com)'],
  ['<a href="javascript:alert(1)">click</a>', 'click'],
  ['<a href=" java\nscript:x">click</a> <a href="data:text/html,x">and</a> <a href="/relative">go</a> <a name="x">on</a>', 'click and go on'],
  ['<a href="https://example.com/a)(b c">x</a>', '[x](https://example.com/a%29%28b%20c)'],
  [`<a href="https://example.com/${'x'.repeat(3_000)}">x</a>`, 'x'],
  ['<a href="https://example.com"></a>empty', 'empty'],
  ['<a href="https://example.com"><p>one</p><p>two</p></a>', '[one](https://example.com)\n\ntwo'],
  ['<a href="tel:+49 40 12345">+49 (40) 12345</a> or <a href="tel:112">call</a>', '+49 (40) 12345 or [call](tel:112)'],
  ['<img src="https://downloads.intercomcdn.com/i/o/1/screen.png?expires=1&amp;signature=x" alt="a chart">', '[image: a chart](https://downloads.intercomcdn.com/i/o/1/screen.png?expires=1&signature=x)'],
  ['a <b><img src="https://downloads.intercomcdn.eu/x.png"></b>', 'a **[image](https://downloads.intercomcdn.eu/x.png)**'],
  ['<a href="https://example.com"><img src="https://downloads.intercomcdn.com/x.png"></a>', '[image](https://example.com)'],
  ['<img src="https://intercomcdn.com.evil.example/x.png"><img src="https://evilintercomcdn.com/x.png">', '[image][image]'],
  ['<img src="https://example.com/x.png" alt="a chart">', '[image: a chart]'],
  ['<img src="https://example.com/x.png">', '[image]'],
  ['well done <img alt="🎉" src="https://example.com/party.png">', 'well done 🎉'],
  ['a<img src="https://t.example/o.gif" width="1" height="1"><img src="https://t.example/o.gif" style="width: 1px;"><img src="x" style="display:none">', 'a'],
  ['<iframe src="https://www.youtube.com/embed/x">old</iframe>', '[embedded page](https://www.youtube.com/embed/x)'],
  ['<video><source src="https://example.com/a.mp4"><source src="https://example.com/a.ogv">too old</video>', '[video](https://example.com/a.mp4)'],
  ['<video src="javascript:x"></video>after', 'after'],
])('links and pictures: %s', (html, expected) => {
  expect(markdown(html)).toBe(expected)
})

test.each([
  ['<ul><li>one</li><li>two</li></ul>', lines('- one', '- two')],
  ['<p>First:</p><ol><li><p>one</p></li><li><p>two</p></li></ol><p>Last.</p>', lines('First:', '', '1. one', '2. two', '', 'Last.')],
  ['<ol start="9"><li>nine<p>more</p></li><li>ten<br>more</li><li value="20">twenty</ol>', lines('9. nine', '', '   more', '10. ten', '    more', '20. twenty')],
  ['<ul><li>one<ol><li>a<li>b</ol></li><li>two</ul>', lines('- one', '  1. a', '  2. b', '- two')],
  ['<ul><li>one</li><ul><li>inner</li></ul><li>two</li></ul>', lines('- one', '  - inner', '- two')],
  ['<ul><li>one<blockquote>said</blockquote></li><li></li><li>two</li></ul>', lines('- one', '', '  > said', '- two')],
  ['a<blockquote><p>One</p><p>Two<br>more</p></blockquote>b', lines('a', '', '> One', '>', '> Two', '> more', '', 'b')],
  ['<blockquote>a<blockquote>b</blockquote></blockquote>', lines('> a', '>', '> > b')],
  ['<blockquote><ul><li>a</li></ul></blockquote><blockquote>b</blockquote>', lines('> - a', '', '> b')],
])('lists and quotes: %s', (html, expected) => {
  expect(markdown(html)).toBe(expected)
})

test.each([
  ['<p>a</p><pre>  if (x) {\n\n    y  z\n  }\n</pre><p>b</p>', lines('a', '', '```', '  if (x) {', '', '    y  z', '  }', '```', '', 'b')],
  ['<pre><code class="hljs language-js">a<br>b</code></pre>', lines('```js', 'a', 'b', '```')],
  ['<pre>```\nout\n````</pre>', lines('`````', '```', 'out', '````', '`````')],
  ['<pre>`\u200b`\u1fef</pre>', lines('````', '```', '````')],
  ['<ul><li>one<pre>a\n b</pre></li></ul>', lines('- one', '', '  ```', '  a', '   b', '  ```')],
])('code: %s', (html, expected) => {
  expect(markdown(html)).toBe(expected)
})

describe('tables', () => {
  test.each([
    ['<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>', lines('| A | B |', '| --- | --- |', '| 1 | 2 |')],
    ['a<table><tr><td>A<td>B<tr><td>1</table>b', lines('a', '', '| A | B |', '| --- | --- |', '| 1 |', '', 'b')],
    ['<table><tr><td>A<td>B<tr><td><p>1</p><p>2</p><td><ul><li>x<li>y</ul></table>', lines('| A | B |', '| --- | --- |', '| 1<br>2 | - x<br>- y |')],
    ['<table><tr><td>A<td>B<tr><td>x | y \\| z<td>C:\\</table>', lines('| A | B |', '| --- | --- |', '| x \\| y \\\\\\| z | C:\\ |')],
    ['<table><tr><td>A<td>B<tr><td rowspan=2>1<td>2<tr><td>3<tr><td colspan=2>4</table>', lines('| A | B |', '| --- | --- |', '| 1 | 2 |', '|  | 3 |', '| 4 |  |')],
    ['<table><tr><td>&nbsp;<td>A<td>B<tr><td><td>1<td>2<tr><td colspan=3>&nbsp;</table>', lines('| A | B |', '| --- | --- |', '| 1 | 2 |')],
    ['<ul><li><table><tr><td>A<td>B<tr><td>1<td>2</table></ul>', lines('- | A | B |', '  | --- | --- |', '  | 1 | 2 |')],
    ['<table><caption>Prices</caption><tr><td>A<td>B<tr><td>1<td>2</table>', lines('Prices', '', '| A | B |', '| --- | --- |', '| 1 | 2 |')],
  ])('of data: %s', (html, expected) => {
    expect(markdown(html)).toBe(expected)
  })

  test.each([
    ['<table><tr><td><h1>Welcome</h1><p>Hello</p></td></tr></table>', '# Welcome\n\nHello'],
    ['<table><tr><td>Logo</td><td>Address</td></tr></table>', 'Logo\nAddress'],
    ['<table><tr><td>one<tr><td>two</table>', 'one\ntwo'],
    ['<table><tr><td>A<td>B<tr><td><pre>x\ny</pre><td>1</table>', lines('A', 'B', '', '```', 'x', 'y', '```', '', '1')],
    [`<table><tr><td>A<td>B<tr><td>1<td>${'word '.repeat(500)}</table>`, lines('A', 'B', '1', 'word '.repeat(500).trim())],
    ['<table><tr><td>top<ul><li><table><tr><td>A<td>B<tr><td>1<td>2</table></ul><td>end</table>', lines('top', '', '- | A | B |', '  | --- | --- |', '  | 1 | 2 |', '', 'end')],
  ])('that lay out a page are text: %s', (html, expected) => {
    expect(markdown(html)).toBe(expected)
  })

  test('a tag inside a cell ends nothing around the table', () => {
    expect(markdown('<div><blockquote><table><tr><td>A</blockquote></div><td>B<tr><td>1<td>2</table>x</blockquote></div>')).toBe(
      lines('> | A | B |', '> | --- | --- |', '> | 1 | 2 |', '>', '> x'),
    )
  })
})

test.each([
  ['a <script>alert("x")</script>b<!-- hidden -->', 'a b'],
  ['<html><head><title>Re: boat</title><style>p{color:red}</style></head><body><p>shown</p></body></html>', 'shown'],
  ['<!--[if mso]><p>for Outlook</p><![endif]--><![if !mso]><p>for all</p><![endif]>', 'for all'],
  ['<div style="color:red; Display : NONE"><p>a<div>b</div></div><span hidden>c</span><p style="visibility:hidden">d<p>shown', 'shown'],
  ['<div><span hidden>never closed</div>shown', 'shown'],
  ['<noscript>a</noscript><template>b</template><object>c</object>shown', 'shown'],
  ['un\u200bseen\u202e <b>&#x200b;&zwj;</b>&#8238;', 'unseen'],
])('what nobody sees: %s', (html, expected) => {
  expect(markdown(html)).toBe(expected)
})

describe('history', () => {
  const old = '<div>One</div><div>Two</div><ul><li>three</li></ul>'
  const outlook = '<b>From:</b> Ada &lt;ada@example.com&gt;<br><b>Sent:</b> Monday<br><b>To:</b> Support<br><b>Subject:</b> RE: boat'

  test.each([
    ['Gmail', `<div class="gmail_quote gmail_quote_container"><div class="gmail_attr">On Mon, Ada wrote:<br></div><blockquote class="gmail_quote">${old}</blockquote></div>`, 6],
    ['Apple Mail', `<div>On Mon, Ada wrote:</div><br><blockquote type="cite">${old}</blockquote>`, 6],
    ['Thunderbird', `<div class="moz-cite-prefix">Am Montag schrieb Ada:<br></div><blockquote type="cite">${old}</blockquote>`, 6],
    ['Yahoo', `<div class="yahoo_quoted"><div>On Mon, Ada wrote:</div>${old}</div>`, 5],
    ['Outlook on the web', `<hr><div id="divRplyFwdMsg">${outlook}</div><div>Old</div>${old}`, 11],
    ['Outlook', `<div><div style="border:none;border-top:solid #E1E1E1 1.0pt">${`<p>${outlook}</p>`}</div></div><p>Old</p>${old}`, 11],
    ['a blockquote at the end', `<p>On Mon,<br>Ada wrote:</p><blockquote>${old}</blockquote>`, 7],
    ['an original message', '<p>-----Original Message-----<br>From: Ada</p><p>Old</p>', 4],
    ['what text alone marks', '<p>On Mon, Ada wrote:<br>&gt; One<br>&gt; Two</p>', 3],
    ['one line', '<blockquote type="cite">One</blockquote>', 1],
  ])('%s is one line', (_, html, count) => {
    expect(markdown(`<p>Thanks!</p>${html}`)).toBe(`Thanks!\n\n[quoted history: ${count} ${count === 1 ? 'line' : 'lines'}]`)
  })

  test('is counted by the lines it would have been', () => {
    const block = fc.constantFrom('<p>a</p>', 'b<br>', '<ul><li>c<li>d</ul>', '<table><tr><td>1<td>2<tr><td>3<td>4</table>', '<pre>e\n\nf</pre>', '<blockquote>g<p>h</blockquote>', '<div>i</div>', '<h2>j</h2>', '<hr>k')
    fc.assert(
      fc.property(fc.array(block, { minLength: 1 }), (blocks) => {
        const quoted = blocks.join('')
        const count = markdown(quoted).split('\n').length
        expect(markdown(`<p>Yes.</p><div class="gmail_quote">${quoted}</div><p>Ada</p>`)).toBe(`Yes.\n\n[quoted history: ${count} ${count === 1 ? 'line' : 'lines'}]\n\nAda`)
      }),
    )
  })

  test.each([
    ['in a list', '<ul><li><blockquote type="cite">a</blockquote>b</li></ul>', '- [quoted history: 1 line]\n\n  b'],
    ['in a table', '<table><tr><td>Yes<div class="gmail_quote">a<table><tr><td>b<td>c<tr><td>d<td>e</table></div></td><td>f</td></tr></table>', 'Yes\n[quoted history: 5 lines]\n\nf'],
    ['before the answer', '<blockquote type="cite">a</blockquote><p>Yes</p>', '[quoted history: 1 line]\n\nYes'],
    ['between answers', '<blockquote type="cite">a</blockquote>Yes<blockquote type="cite">b<br>c</blockquote>No', '[quoted history: 1 line]\n\nYes\n\n[quoted history: 2 lines]\n\nNo'],
    ['in text', 'Thanks\n\nOn Mon, Ada\n<ada@example.com> wrote:\n> One\n>\n>> Two\n', 'Thanks\n\n[quoted history: 5 lines]'],
  ])('%s', (_, html, expected) => {
    expect(markdown(html)).toBe(expected)
  })

  test.each([
    ['a quote', '<p>You say</p><blockquote>refunds take a day</blockquote>', 'You say\n\n> refunds take a day'],
    ['a quote that others follow', '<p>On Mon, Ada wrote:</p><blockquote>a</blockquote><p>Is it true?</p>', 'On Mon, Ada wrote:\n\n> a\n\nIs it true?'],
    ['all there is', '<div class="gmail_quote">a<br>b</div>', 'a\nb'],
    ['what is forwarded', '<p>See</p><div class="gmail_quote"><div>---------- Forwarded message ---------</div>a</div>', 'See\n\n---------- Forwarded message ---------\na'],
    ['answers between quotes', '<p>See below</p><div class="gmail_quote"><div class="gmail_attr">2025年11月4日 Ada:<br></div><blockquote class="gmail_quote">Which?<blockquote class="gmail_quote">older</blockquote></blockquote><div>That one.</div><blockquote class="gmail_quote">And?</blockquote><div>No.</div></div>', 'See below\n\n[quoted history: 5 lines]\n\nThat one.\n\n[quoted history: 1 line]\n\nNo.'],
    ['a journey', '<p>Mine:</p><div style="border-top:1px solid"><p>From: Berlin</p><p>To: Paris</p><p>Date: 3 May</p></div><p>Please move it.</p>', 'Mine:\n\nFrom: Berlin\n\nTo: Paris\n\nDate: 3 May\n\nPlease move it.'],
    ['a line above a text', '<p>Bye</p><div style="border-top:1px solid">From: the heart<br>Ada</div>', 'Bye\n\nFrom: the heart\nAda'],
    ['lines of text that begin with a sign', 'Hi\n> a\nOn Mon, Ada wrote:\nb', 'Hi\n> a\nOn Mon, Ada wrote:\nb'],
  ])('%s stays', (_, html, expected) => {
    expect(markdown(html)).toBe(expected)
  })
})

const tags = ['p', 'div', 'ul', 'ol', 'li', 'blockquote', 'table', 'tr', 'td', 'th', 'pre', 'code', 'b', 'a', 'h1', 'video', 'script', 'iframe', 'custom-element', 'constructor']
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...tags.flatMap((name) => [`<${name}>`, `</${name}>`])),
      fc.constantFrom('<br>', '<hr>', '<img alt="x">', '<a href="https://example.com/', '"', '>', '<!--', '-->', '&amp;', '&#0;', '&#x202e;', '&#8232;', '<td rowspan=9 colspan=9>', '<div class="gmail_quote">', '<blockquote type=cite>', '<div hidden>', '```', '|', '\\'),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.string(),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''))

test('whatever comes is answered with text that shows all it says, and not with much more of it', () => {
  fc.assert(
    fc.property(soup, (html) => {
      const shown = markdown(html)
      expect(plain(shown)).toBe(shown)
      expect(shown.length).toBeLessThan(20 * html.length + 100)
    }),
    { numRuns: 1000 },
  )
})

test('an address that nobody escaped is cleaned as all else', () => {
  expect(markdown('<ada@\u0000example.com><p>Hello')).toBe('<ada@example.com>\n\nHello')
})

test('text without tags is that text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', 'é', '<', '>', '|', '*', '- ', '`', '😀') }), (text) => {
      const untagged = text.replaceAll('<a', '< a')
      expect(markdown(untagged)).toBe(untagged.trim())
    }),
  )
})

test('text in a cell stays in that cell, and text in code in that code', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '|', '\\', '`', '\n', '&#8232;', '&#124;', '<br>', '&#x1fef;', '\u200b') })
  fc.assert(
    fc.property(text, (cell) => {
      const [, , row = '', ...more] = markdown(`<table><tr><td>A<td>B<tr><td>x${cell}<td>y</table>`).split('\n')
      expect(more).toEqual([])
      expect(row.replace(/\\[\\|]/g, row.includes('\\|') ? '' : '$&').split('|')).toHaveLength(4)
    }),
  )
  fc.assert(
    fc.property(text, (code) => {
      const [first, ...others] = markdown(`<pre>x${code}</pre>`).split('\n')
      expect(others.indexOf(first!)).toBe(others.length - 1)
      expect(others.slice(0, -1).join('\n')).not.toContain(first)
    }),
  )
})

test('a line of text in a list or quote never leaves it', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '<br>', '<p>', '<div>', '<pre>b\n\nc</pre>', '<ul><li>', '</li>', '<table><tr><td>', '<h1>', '\n', '&#8232;') })
  fc.assert(
    fc.property(text, (inner) => {
      expect(markdown(`<blockquote>x${inner}`)).toMatch(/^(?:>.*\n?)+$/)
      expect(markdown(`<ul><li>x${inner.replaceAll('</li>', '')}`)).toMatch(/^- .*(?:\n(?:(?: {2}|- ).*)?)*$/)
    }),
  )
})

describe('hostile bodies', () => {
  const words = (text: string): string[] => text.match(/\w+/g) ?? []

  test.each([...tags.filter((name) => !['script', 'iframe', 'video'].includes(name)), 'span', 'ul><li', 'ol start=999999999><li', 'table><tr><td', 'blockquote type=cite', 'div class=gmail_quote'])('%s nested 100,000 deep is read as if it were not', (name) => {
    const shown = markdown(`${`<${name}>`.repeat(100_000)}deep words`)
    expect(words(shown).filter((word) => !/^\d+$/.test(word))).toEqual(['deep', 'words'])
    expect(shown.length).toBeLessThan(200)
  })

  test('what is nested does not repeat what it stands in', () => {
    for (const html of ['<blockquote>x', '<ul><li>x', '<ol start=999999999><li>x', '<table><tr><td rowspan=99 colspan=99>x<td>y']) {
      const body = html.repeat(20_000)
      expect(markdown(body).length).toBeLessThan(5 * body.length)
    }
  })

  test.each([
    ['signs', '<p>' + '<'.repeat(5_000_000), /^<{5000000}$/],
    ['paragraphs', '<p>word</p>'.repeat(400_000), /^(?:word\s+)+word$/],
    ['tags nobody closed', '<b><custom>'.repeat(100_000) + 'x', /^\*\*x\*\*$/],
    ['tags nobody opened', '<i>'.repeat(100_000) + '</b></td></table>'.repeat(100_000) + 'x', /^_x_$/],
    ['items within what is never closed', '<ul><li><ul>' + '<b>'.repeat(100_000) + '<li></li>'.repeat(100_000) + 'x', /x/],
    ['a long attribute', `<a href="${'x'.repeat(1_000_000)}" ${'y '.repeat(500_000)}>x</a>`, /^x$/],
    ['a line without end', 'x'.repeat(5_000_000), /^x{5000000}$/],
    ['nothing', '\0'.repeat(1_000_000) + '<p>x\ud800\udc00\ud800</p>', /^x𐀀$/],
    ['bars', `<table><tr><td>A<td>B<tr><td>1<td>${'\\'.repeat(1_990)}|</table>`, /\|$/],
    ['answers to answers', 'x' + '<div class=gmail_quote>y'.repeat(100_000), /^x\n\[quoted history: 100000 lines\]$/],
    ['quotes of nothing', 'x<br>' + '&gt;<br>'.repeat(100_000) + '<blockquote type=cite></blockquote>'.repeat(100_000), /^x\n(?:>\n)+>$/],
    ['ticks', '<pre>' + '`'.repeat(1_000_000), /^`+\n`{1000000}\n`+$/],
  ])('%s take no more time than their length', (_, html, expected) => {
    expect(expected.test(markdown(html))).toBe(true)
  })
})
