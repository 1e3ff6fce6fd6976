import type { Chance } from './chance.ts'
import { crowdSize, firstInCrowd } from './crowd.ts'
import type { Story } from './stories.ts'
import type { Kind } from './ticket-types.ts'

type Answers = NonNullable<Story['answers']>

interface Subject {
  readonly kind: Kind
  readonly title: string
  readonly description: string
  readonly answers: (dice: Chance) => Answers
}

const severities = ['Low', 'Medium', 'High', 'Critical'] as const
const reference = (dice: Chance): string => `PW-${40_000 + dice.below(9_000)}`
const trouble = (dice: Chance): Answers => ({ 'Booking reference': reference(dice), Severity: dice.pick(severities), 'Guests affected': 1 + dice.below(12) })
const about = (area: string) => (): Answers => ({ Area: area })
const back = (reason: string) => (dice: Chance): Answers => ({ Amount: 20 + dice.below(400) + 0.5, Reason: reason, 'Paid by card': dice.often(80), 'Booking reference': reference(dice) })
const fault = (component: string) => (dice: Chance): Answers => ({ Component: component, Regression: dice.often(40), 'Estimate in hours': 1 + dice.below(16) / 2, Due: [-7, 21] })

/** What outfitters write about, week after week. */
const subjects: readonly Subject[] = [
  { kind: 'Booking problem', title: 'Guest booked twice by mistake', description: 'The same family holds two slots and wants one.', answers: trouble },
  { kind: 'Booking problem', title: 'Booking vanished from the day plan', description: 'It is in the guest’s mail, yet not in ours.', answers: trouble },
  { kind: 'Booking problem', title: 'Slot shows full although it is empty', description: 'Ten boats ashore, none to book.', answers: trouble },
  { kind: 'Question', title: 'How do I close a single day?', description: 'A wedding takes the whole jetty next month.', answers: about('Calendar') },
  { kind: 'Question', title: 'Export of last season', description: 'Our accountant asks for every booking as a table.', answers: about('Reports') },
  { kind: 'Question', title: 'Second login for a seasonal guide', description: 'She starts in June and should see her own tours only.', answers: about('Account') },
  { kind: 'Question', title: 'Tips on the card terminal', description: 'Guests ask where to leave a tip.', answers: about('Payments') },
  { kind: 'Refund request', title: 'Refund after a cancelled tour', description: 'Wind above six. We cancelled in time.', answers: back('Weather') },
  { kind: 'Refund request', title: 'Guest fell ill', description: 'The guest sent a note from the doctor.', answers: back('Guest cancelled') },
  { kind: 'Refund request', title: 'Card charged twice', description: 'Two charges a minute apart, one booking.', answers: back('Charged twice') },
  { kind: 'Bug', title: 'Checkout rejects cards with long names', description: 'Names beyond 40 characters end in an error page.', answers: fault('Checkout') },
  { kind: 'Bug', title: 'Crew app loses the day plan offline', description: 'The plan is blank until the phone is online again.', answers: fault('Mobile app') },
  { kind: 'Incident', title: 'Reminder mails delayed', description: 'Mails of the morning went out at noon.', answers: (dice) => ({ 'Customers affected': 3 + dice.below(90), 'Status page updated': true, 'Started at': [20, 6] }) },
]

const hands = [
  { team: 'support', admin: 'ines' },
  { team: 'support', admin: 'tobias' },
  { team: 'billing', admin: 'lucia' },
  { team: 'product', admin: 'dmitri' },
  { team: 'support' },
  {},
] as const satisfies readonly Partial<Story>[]

const endings = [
  { state: 'submitted' },
  { state: 'in_progress' },
  { state: 'waiting_on_customer', inbox: 4 },
  { state: 'waiting_on_customer' },
  { state: 'resolved', inbox: 'closed' },
  { state: 'resolved', inbox: 'closed' },
  { state: 'in_progress', inbox: 2 },
] as const satisfies readonly Pick<Story, 'state' | 'inbox'>[]

const howMany = 35

const talkOf = ({ admin, state }: Partial<Story>, kind: Kind, dice: Chance): Story['talk'] => {
  if (!admin || state === 'submitted') return []
  if (kind === 'Bug' || kind === 'Incident') return [[2, 'note', 'Seen by support as well; a customer can show it on a call.']]
  const answer = [1 + dice.below(5), admin, 'Thank you for writing in. I am on it, and will come back to you today.'] as const
  return dice.often(50) ? [answer, [9, 'customer', 'Good to know, thanks.']] : [answer]
}

/** Tickets of everyday work, from people of the crowd. */
export const ordinary = (dice: Chance): readonly Story[] =>
  Array.from({ length: howMany }, (_, index) => {
    const { answers, ...subject } = subjects[index % subjects.length]!
    const course = { ...dice.pick(hands), ...endings[index % endings.length]! }
    return {
      ...subject,
      answers: answers(dice),
      person: firstInCrowd + dice.below(crowdSize),
      opened: [2 + dice.below(75), 8 + dice.below(10)],
      ...course,
      talk: talkOf(course, subject.kind, dice),
    }
  })
