import type { GroupName } from './help-centers.ts'
import type { TagName } from './labels.ts'
import type { Colleague } from './workspace.ts'

/** One language's text: what is said first, then the steps to take, if any, and a last remark. */
export interface Text {
  readonly title: string
  readonly description: string
  readonly intro: string
  readonly steps?: readonly string[]
  readonly note?: string
}

export interface SeedArticle extends Text {
  readonly in?: GroupName
  readonly by: Colleague
  readonly draft?: true
  readonly tags?: readonly TagName[]
  /** Views, conversations that began at it, and reactions: happy, neutral, sad. */
  readonly seen?: readonly [views: number, conversations: number, happy: number, neutral: number, sad: number]
}

/** The Help Center's articles in English, in the order in which they were written. */
export const articleTexts = {
  page: {
    in: 'start',
    by: 'lucia',
    title: 'Set up your booking page',
    description: 'Your own domain, your own pictures, eleven languages.',
    intro: 'The booking page is where your guests choose a tour, pay and sign.',
    steps: ['Open <b>Settings &gt; Booking page</b>.', 'Enter your domain and follow the two lines for your registrar.', 'Choose the languages your guests speak.', 'Press <b>Open the doors</b>.'],
    note: 'A new domain may take an hour until it answers.',
    tags: ['Onboarding'],
    seen: [4120, 61, 312, 40, 18],
  },
  crew: {
    in: 'start',
    by: 'lucia',
    title: 'Invite your crew and choose roles',
    description: 'Who sees money, who sees guests.',
    intro: 'Every guide gets a login of their own. A role decides what they see in the crew app.',
    steps: ['Open <b>Settings &gt; Team</b> and press <b>Invite</b>.', 'Choose Guide, Desk or Owner.', 'They install the crew app from the link in their email.'],
    note: 'Only owners see revenue and can change bank accounts.',
    tags: ['Onboarding'],
    seen: [2650, 22, 190, 21, 9],
  },
  calendars: {
    in: 'start',
    by: 'tobias',
    title: 'Connect your other calendars',
    description: 'So that nobody is booked twice.',
    intro: 'Bookings from other calendars arrive within a minute, each of them once.',
    steps: ['Open <b>Settings &gt; Calendar sync</b>.', 'Paste the address of the other calendar.', 'Choose which tour its bookings belong to.'],
    note: 'Two bookings for one slot? Write to us with the time of the tour: we look into it the same day.',
    seen: [3380, 144, 121, 66, 97],
  },
  spreadsheet: {
    in: 'start',
    by: 'tobias',
    title: 'Import tours from a spreadsheet',
    description: 'Bring along what you have.',
    intro: 'One row is one tour: name, length in minutes, seats, price. Columns may stand in any order.',
    steps: ['Save the sheet as CSV.', 'Open <b>Tours &gt; Import</b> and drop the file.', 'Check the first five rows and confirm.'],
    seen: [910, 35, 44, 20, 12],
  },
  week: {
    in: 'start',
    by: 'lucia',
    draft: true,
    title: 'Your first week with Pondwick',
    description: 'A plan for five short mornings.',
    intro: 'Monday: the booking page. Tuesday: calendars. Wednesday: deposits. The rest is still being written.',
  },
  deposits: {
    in: 'bookings',
    by: 'priya',
    title: 'Take deposits',
    description: 'A part at booking, the rest on the day.',
    intro: 'A deposit is taken when a guest books; the rest is due on the day of the tour.',
    steps: ['Open <b>Settings &gt; Payments &gt; Deposits</b>.', 'Choose a share of the price or a fixed amount.', 'Say how many days before the tour it becomes non-refundable.'],
    seen: [2890, 48, 166, 31, 15],
  },
  vouchers: {
    in: 'bookings',
    by: 'priya',
    title: 'Sell and redeem vouchers',
    description: 'Valid for three years, payable in parts.',
    intro: 'Guests buy vouchers on your booking page and redeem them there with the code.',
    note: 'What is left of a voucher stays on it. A voucher that was paid for cannot be deleted, only refunded.',
    tags: ['Seasonal'],
    seen: [1740, 19, 98, 12, 6],
  },
  groups: {
    in: 'bookings',
    by: 'ines',
    title: 'Book a group',
    description: 'One person books, everyone signs.',
    intro: 'From eight guests on, the booking page offers a group booking: one payment, and a link for the waivers of the others.',
    seen: [1320, 27, 71, 14, 8],
  },
  move: {
    in: 'bookings',
    by: 'ines',
    title: 'Move or cancel a booking',
    description: 'To another day, to another tour, or not at all.',
    intro: 'Open the booking and press <b>Move</b>. The guest gets the new time by email and by text message.',
    note: 'To give money back, see the article about refunds.',
    seen: [3010, 83, 140, 52, 41],
  },
  waivers: {
    in: 'bookings',
    by: 'tobias',
    title: 'Waivers on the guest’s own phone',
    description: 'Signed before they arrive.',
    intro: 'Each guest gets a link the day before and signs on their phone. Who has not signed is marked in the crew app.',
    steps: ['Open <b>Settings &gt; Waivers</b>.', 'Paste your text, one for each activity.', 'Say from which age guests sign for themselves.'],
    seen: [2240, 31, 155, 18, 7],
  },
  kiosk: {
    in: 'bookings',
    by: 'dmitri',
    title: 'Check guests in at the kiosk',
    description: 'A tablet at the dock.',
    intro: 'The kiosk asks for a name or a booking code and shows who still has to sign or to pay. It works for a day without a network.',
    seen: [1180, 40, 60, 22, 19],
  },
  seasons: {
    in: 'bookings',
    by: 'priya',
    draft: true,
    title: 'Prices and hours by season',
    description: 'Being rewritten for next year.',
    intro: 'Prices and opening hours change with the season by themselves. The pictures still show the old settings.',
    tags: ['Seasonal'],
  },
  refunds: {
    in: 'weather',
    by: 'priya',
    title: 'Refund a guest',
    description: 'All of it or a part, back to the card.',
    intro: 'Money goes back to the card that paid, within five working days.',
    steps: ['Open the booking and press <b>Refund</b>.', 'Choose all, a part, or a voucher instead.', 'Say why: the guest reads it in the email.'],
    note: 'A refund cannot be taken back.',
    tags: ['Refunded'],
    seen: [5230, 210, 260, 88, 102],
  },
  hold: {
    in: 'weather',
    by: 'ines',
    title: 'Put a tour on weather hold',
    description: 'Keep the slot, tell the guests.',
    intro: 'A hold keeps the slot and tells the guests, without cancelling. You decide later whether the tour goes.',
    steps: ['Open the tour and press <b>Weather hold</b>.', 'Say by when you will decide.', 'Press <b>Go</b> or <b>Cancel</b> then: guests are told, and refunded if it is cancelled.'],
    tags: ['Seasonal'],
    seen: [2470, 39, 201, 17, 11],
  },
  tides: {
    in: 'weather',
    by: 'dmitri',
    title: 'Tours that follow the tide',
    description: 'Start times from a tide station.',
    intro: 'Choose a station, and how long before or after high water the tour starts. Times are set for the whole season and move with the tables.',
    seen: [640, 8, 52, 4, 2],
  },
  webhooks: {
    in: 'api',
    by: 'dmitri',
    title: 'Hear of every booking by webhook',
    description: 'Your own system, a second later.',
    intro: 'We send a request for each booking that is made, moved or cancelled. Answer within five seconds; we try again for a day.',
    seen: [410, 12, 18, 5, 3],
  },
  key: {
    in: 'api',
    by: 'dmitri',
    title: 'Make an API key',
    description: 'Read only unless you say otherwise.',
    intro: 'Owners make keys under <b>Settings &gt; Developers</b>. A key is shown once; keep it where you keep passwords.',
    seen: [530, 6, 25, 4, 1],
  },
  reports: {
    by: 'wes',
    title: 'Export your numbers',
    description: 'Every report is a table.',
    intro: 'Each report has a button <b>Export</b> that gives a CSV file of what you see.',
    seen: [780, 10, 33, 9, 4],
  },
  prices: {
    by: 'wes',
    draft: true,
    title: 'Plans and prices from January',
    description: 'Not to be published before the newsletter.',
    intro: 'Starter stays as it is. Crew and Fleet get vouchers and the kiosk without extra cost.',
  },
} as const satisfies Record<string, SeedArticle>

export type ArticleName = keyof typeof articleTexts
