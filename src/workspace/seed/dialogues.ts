import { bookingIds, gearIds } from './custom-objects.ts'
import { type Dialogue, file, type Turn } from './dialogue.ts'

const handbook = { content_type: 'article', url: '/articles/deposits-for-groups', title: 'Deposits for groups', locale: 'en' } as const

/** A thread that two offices never closed: more of it than anybody can read at once. */
const endless = (count: number): Turn[] =>
  Array.from({ length: count }, (_, index) => {
    const day = index >> 1
    const hours = 1 + day * 24 + (index % 2) * 2
    return index % 2 === 0
      ? [hours, 'customer', 'says', `Day ${day + 1}: ${['boots', 'rafts', 'helmets', 'passes', 'lift tickets'][day % 5]!} counted, list attached to the day plan.`]
      : [hours, 'tobias', 'says', `Thank you, day ${day + 1} is in the books.`]
  })

/** Written by hand: whom one meets in the examples, and what a program must not trip over. */
export const dialogues: readonly Dialogue[] = [
  {
    person: 1,
    company: 'cedar',
    opened: [2, 12.8],
    first: 'Good morning! Saturday 9:00, Island Loop: two groups of eight hold the same ten double kayaks. The second one came in with the calendar sync at dawn. Can you see why?',
    how: { url: 'https://app.pondwick.example/day-plan' },
    turns: [
      [0.05, 'ines', 'gives to', 'support'],
      [0.06, 'ines', 'gives to', 'ines'],
      [0.3, 'customer', 'says', 'PW-48213 is the one that should stay.'],
      [1.3, 'ines', 'says', 'Thank you, Maren. The slot is blocked for now, so that no third group gets in. I have opened a ticket for the sync and keep you posted there.'],
      [1.5, 'ines', 'notes', 'Sync ran twice within a second, Dmitri has the bug. She needs a date by Thursday: renewal in six weeks.'],
    ],
    tags: ['VIP', 'Multi-location'],
    about: 'Calendar sync writes the same booking twice',
    dates: { 'Tour date': [-6, 13] },
    facts: {
      title: 'Island Loop booked twice',
      priority: 'priority',
      sla: { name: 'Fleet: first answer within two hours', status: 'hit' },
      topics: ['Calendar sync'],
      custom_attributes: { Topic: 'Calendar', 'Guests affected': 16, Urgent: false, Booking: [bookingIds.islandLoop], Gear: [gearIds.seaKayak] },
    },
  },
  {
    person: 1,
    company: 'cedar',
    opened: [24, 15],
    first: 'Is there a cheaper plan for the winter? From November on we only rent to the sauna boat.',
    turns: [
      [0.2, 'tobias', 'gives to', 'billing'],
      [1, 'priya', 'gives to', 'priya'],
      [2.5, 'priya', 'says', 'There is: you may pause Fleet for up to four months and keep three seats for 29 a month. Shall I set it up from 1 November?'],
      [20, 'customer', 'says', 'Yes please, that is perfect.'],
      [21, 'priya', 'closes', 'Done. You will see it on the next invoice. Enjoy the sauna!'],
    ],
    tags: ['Annual plan'],
    rating: { rating: 5, remark: 'Solved in two sentences.' },
    facts: { title: 'Winter pause', custom_attributes: { Topic: 'Payments' }, topics: ['Plans'], read: true },
  },
  {
    person: 1,
    opened: [60, 14],
    first: 'Our bookkeeper asks for the invoices of the spring with the harbour fee as a line of its own. Here is how she wants it.',
    how: { attachments: [file('harbour-fee-example.pdf', 'application/pdf', 48_213)] },
    turns: [
      [0.5, 'lucia', 'gives to', 'lucia'],
      [3, 'lucia', 'says', 'All three are rewritten, with the fee apart. I attach them in one file.', file('invoices-spring.pdf', 'application/pdf', 182_400)],
      [5, 'customer', 'says', 'She is happy. So am I.'],
      [6, 'lucia', 'closes'],
    ],
    facts: { custom_attributes: { Topic: 'Payments' }, read: true },
  },
  {
    person: 1,
    opened: [11, 19.5],
    first: 'How do I change the deposit for group bookings?',
    turns: [
      [0.01, 'fin', 'says', 'Go to Settings, Payments, Deposits, and turn on “Other deposit for groups”. You choose the share and from how many guests it applies.'],
      [0.1, 'customer', 'says', 'Found it, thank you.'],
      [0.12, 'fin', 'closes'],
    ],
    facts: {
      topics: ['Payments'],
      read: true,
      ai_agent: {
        source_type: 'workflow',
        source_title: 'Fin first',
        last_answer_type: 'ai_answer',
        resolution_state: 'confirmed_resolution',
        rating: 4,
        rating_remark: 'Quick.',
        content_sources: [handbook],
      },
    },
  },
  {
    person: 1,
    opened: [4, 10],
    from: 'ines',
    first: 'Hello Maren, your year with Pondwick ends in six weeks. I would like to hear how the season went before we talk about the next one. Does Tuesday suit you?',
    how: { type: 'email', subject: 'Your season, and the next one' },
    tags: ['VIP'],
    facts: { read: true },
  },
  {
    person: 2,
    company: 'sierra',
    opened: [6, 17],
    first: '¿Puedo cobrar en pesos los cursos que damos en Hermosillo?',
    turns: [
      [0.5, 'ines', 'gives to', 'lucia'],
      [1.2, 'lucia', 'says', 'Todavía no, Joaquín, pero llega esta semana. Te aviso en cuanto esté.'],
      [1.3, 'lucia', 'notes', 'Waiting for the release of Thursday: second currency per location.'],
      [1.4, 'lucia', 'snoozes', 2],
    ],
    tags: ['VIP', 'Feature request'],
    facts: { title: 'Cobrar en pesos', custom_attributes: { Topic: 'Payments' } },
  },
  {
    person: 6,
    opened: [265, 8],
    first: 'This is our common thread for the two offices, so that nobody has to look for anything. We write here every evening.',
    how: { subject: 'Daily counts' },
    turns: [[0.5, 'ines', 'gives to', 'tobias'], ...endless(504)],
    tags: ['Multi-location'],
    facts: { title: 'Daily counts of the snow school and the rafting office' },
  },
  {
    person: 7,
    company: 'atelier',
    opened: [3, 9.5],
    first: 'Bonjour, est-ce que mes clients peuvent payer sur place, sans carte ?',
    turns: [
      [0.01, 'fin', 'says', 'Bonjour Émile ! Oui : dans Réglages, Paiements, activez « Payer sur place ».'],
      [0.2, 'customer', 'says', 'Et pour les groupes ? Je voudrais parler à une personne.'],
      [0.21, 'ines', 'gives to', 'support'],
    ],
    tags: ['Onboarding'],
    facts: {
      ai_agent: {
        source_type: 'workflow',
        source_title: 'Fin first',
        last_answer_type: 'ai_answer',
        resolution_state: 'routed_to_team',
        rating: null,
        rating_remark: null,
        content_sources: [],
      },
    },
  },
  {
    // a lead who is a user, too: it goes to her when they are merged
    person: 4,
    opened: [12, 10],
    first: 'Hej, I am on my phone and cannot log in. Do you have a place on the waitlist for the sailing school in Powder Lantern’s harbour?',
    how: { url: 'https://pondwick.example/contact' },
    turns: [[0.15, 'customer', 'says', 'It is Thea, by the way.']],
    tags: ['Waitlist'],
  },
  {
    person: 5,
    company: 'brennan',
    opened: [34, 14],
    first: 'Could you take my old address off the receipts? We moved to the quay.',
    turns: [
      [1, 'ines', 'gives to', 'tobias'],
      [2, 'tobias', 'says', 'Gladly. It takes a change on our side, so I make a ticket of it and come back to you.'],
      [2.1, 'tobias', 'notes', 'The address is printed from the first contract. Needs Dmitri.'],
    ],
    ticket: 'Old address on receipts',
    facts: { title: 'Address on receipts', read: true },
  },
  {
    person: 10,
    company: 'riverbend',
    opened: [2, 17],
    first: 'The crew app shows yesterday’s put-in. Look.',
    how: { attachments: [file('put-in.jpg', 'image/jpeg', 912_334)] },
    turns: [
      [0.4, 'ines', 'gives to', 'product'],
      [5.5, 'customer', 'says', 'Anybody there? We push off at seven.'],
    ],
    others: [6],
    facts: {
      priority: 'priority',
      sla: { name: 'Crew: first answer within four hours', status: 'missed' },
      custom_attributes: { Topic: 'Bookings', 'Guests affected': 24, Urgent: true },
    },
  },
  {
    person: 12,
    opened: [4, 7],
    from: 'fin',
    first: 'Hi! Looking for a way to take bookings? Ask me anything.',
    how: { delivered_as: 'operator_initiated', url: 'https://pondwick.example/pricing' },
    turns: [
      [0.1, 'customer', 'says', 'Do you work for beach wheelchairs and bikes in one calendar?'],
      [0.5, 'ines', 'gives to', 'ines'],
      [2.4, 'ines', 'says', 'We do. I have put the details into a ticket for you.'],
      [24.4, 'ines', 'snoozes', 4],
    ],
    tags: ['Waitlist'],
  },
  {
    person: 11,
    opened: [90, 9],
    from: 'wes',
    first: 'Gus, we read that our newsletter was not welcome. It is off now. Anything else we can do better?',
    how: { type: 'email', subject: 'Sorry about the newsletter' },
    turns: [
      [30, 'customer', 'says', 'Stop writing to me about it would be a start.'],
      [31, 'ines', 'closes', 'Understood. You will hear from us only when you ask.'],
    ],
    tags: ['Churn risk'],
    rating: { rating: 1, remark: 'Too many emails.' },
    facts: { custom_attributes: { Topic: 'Feedback' }, read: true },
  },
  {
    // he was blocked, and what he wrote went out of sight with him
    person: 14,
    opened: [96, 5],
    first: 'BUY FOLLOWERS FOR YOUR BOAT PAGE cheap and fast',
    facts: { archived: true },
  },
]
