import { type Dialogue, file, type Turn } from './dialogue.ts'

const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** The trips of the last days of the old calendar, as an office writes them: a table, above what was said before. */
const counted = `<div>Dear Tobias,</div>
<div>here is the count. The <b>half-day trips</b> are what worries me.</div>
<table border="1" cellpadding="4">
<thead><tr><th>Trip</th><th>Old calendar</th><th>Pondwick</th></tr></thead>
<tbody>
<tr><td>Full day, lower canyon</td><td align="right">41</td><td align="right">41</td></tr>
<tr><td>Half day, morning</td><td align="right">63</td><td align="right">58</td></tr>
<tr><td>Half day, afternoon</td><td align="right">57</td><td align="right">52</td></tr>
<tr><td>Overnight</td><td align="right">9</td><td align="right">9</td></tr>
</tbody>
</table>
<ul><li>Five of each are missing.</li><li>All ten came in by phone.</li></ul>
<div>Best,<br>Priyanka</div>
<div class="mail_quote"><div>Tobias Renner &lt;tobias@pondwick.example&gt; wrote:</div>
<blockquote type="cite"><div>Could you count the trips of next month in both calendars, kind by kind?</div>
<div>Priyanka Desai &lt;priyanka@powderlantern.example&gt; wrote:</div>
<blockquote type="cite"><div>We would like to give up the old calendar of the rafting office by the end of the month.</div></blockquote>
</blockquote></div>`

const checks = ['guides', 'rafts', 'shuttles', 'wetsuits', 'waivers'] as const

/** Six weeks in which the two calendars ran side by side: a check each weekday, an answer, and now and then a note. */
const sideBySide = (days: number): Turn[] =>
  Array.from({ length: days }, (_, day): Turn[] => {
    const hours = 72 + day * 24
    const check = checks[day % checks.length]!
    const differing = (day * 7) % 4
    return [
      [hours, 'customer', 'says', differing === 0 ? `Day ${day + 1}: all ${check} agree in both.` : `Day ${day + 1}: ${differing} of the ${check} differ, list follows.`],
      [hours + 2, 'tobias', 'says', differing === 0 ? 'Good. On to the next day.' : `Seen, and put right: ${differing} ${differing === 1 ? 'entry' : 'entries'} had no end time.`],
      ...(day % 6 === 5 ? ([[hours + 3, 'tobias', 'notes', `After ${day + 1} days: only entries that came in by phone differ.`]] as const) : []),
      ...(day % 9 === 8 ? ([[hours + 4, 'tobias', 'gives to', day % 2 === 0 ? 'dmitri' : 'tobias']] as const) : []),
    ]
  }).flat()

/** A long thread by email: everything that a conversation can hold. */
export const calendarMove: Dialogue = {
  person: 6,
  company: 'riverbend',
  opened: [58, 9],
  first: 'We would like to give up the old calendar of the rafting office by the end of the month. How do we move without losing a trip?',
  how: { type: 'email', subject: 'Moving the rafting calendar', attachments: [file('old-calendar.ics', 'text/calendar', 61_440)] },
  turns: [
    [0.5, 'ines', 'gives to', 'support'],
    [0.6, 'ines', 'gives to', 'tobias'],
    [3, 'tobias', 'says', 'Could you count the trips of next month in both calendars, kind by kind?'],
    [22, 'customer', 'mails', counted, file('trips-by-kind.xlsx', sheet, 18_944)],
    [23, 'tobias', 'notes', 'Phone bookings have no end time in the old calendar, and our import skips them. Dmitri knows.'],
    [26, 'tobias', 'says', 'I see why: bookings by phone had no end time. I attach the ten that are missing. Let us run both calendars for a while.', file('missing-trips.csv', 'text/csv', 1_210)],
    [30, 'customer', 'says', 'Agreed. This is how our board looks now.', file('board.jpg', 'image/jpeg', 1_402_880)],
    ...sideBySide(26),
    [710, 'customer', 'says', 'Twenty-six days, and the last two weeks without a difference.'],
    [712, 'tobias', 'says', 'Then you may switch the old one off. I keep a copy for you until the spring.', file('final-copy.ics', 'text/calendar', 74_112)],
    [714, 'tobias', 'closes'],
    [740, 'customer', 'says', 'One more thing: how do I get at that copy myself?'],
    [741, 'tobias', 'says', 'It is under Reports, Archive, as “Rafting calendar, old”.'],
    [742, 'tobias', 'closes'],
  ],
  tags: ['Multi-location', 'Seasonal'],
  rating: { rating: 5, remark: 'Patient to the end.' },
  facts: { title: 'Moving the rafting calendar', topics: ['Calendar sync'], custom_attributes: { Topic: 'Calendar' }, read: true },
}
