import type { Chance } from './chance.ts'
import { crowdSize, firstInCrowd } from './crowd.ts'
import type { Dialogue, Turn } from './dialogue.ts'
import type { Colleague } from './workspace.ts'

interface Subject {
  readonly first: string
  readonly answer: string
  readonly topic: string
}

/** What outfitters ask in the Messenger, week after week. */
const subjects: readonly Subject[] = [
  { first: 'Can two guides share one login on the dock tablet?', answer: 'Better give each their own: seasonal logins cost nothing.', topic: 'Account' },
  { first: 'A guest booked for the wrong day. How do I move the booking without a new payment?', answer: 'Open the booking, choose Move, and pick the day. The payment moves along.', topic: 'Bookings' },
  { first: 'The card reader says “offline” since the update.', answer: 'Please hold its button for ten seconds; it then finds the network again.', topic: 'Payments' },
  { first: 'Is there a way to close the jetty for one afternoon?', answer: 'There is: Calendar, Closures, and mark the hours.', topic: 'Calendar' },
  { first: 'Our guests do not get the reminder the evening before.', answer: 'The reminder was switched off for that tour. I have switched it on.', topic: 'Bookings' },
  { first: 'Just to say: the new day plan is lovely.', answer: 'That makes our day, thank you!', topic: 'Feedback' },
  { first: 'Can I sell gift cards for a tour that has no date yet?', answer: 'You can: make a product of it, and leave the date open.', topic: 'Payments' },
  { first: 'How do I add a waiver for minors?', answer: 'Settings, Waivers, Add. There is a template for minors.', topic: 'Account' },
  { first: 'Wind tomorrow. Can I write to everybody on the morning tours at once?', answer: 'Yes: filter the day plan by tour, then Message all.', topic: 'Bookings' },
]

const hands: readonly Colleague[] = ['ines', 'tobias', 'lucia', 'dmitri']

const ratings = [5, 5, 4, 5, 3, 2] as const

/** How a conversation goes on after its first message; the last two end it. */
const courses: readonly ((who: Colleague, answer: string, wait: number) => readonly Turn[])[] = [
  () => [],
  (who, _, wait) => [[wait / 2, 'ines', 'gives to', who]],
  (who, answer, wait) => [[wait / 2, 'ines', 'gives to', who], [wait, who, 'says', answer]],
  (who, answer, wait) => [[wait, who, 'says', answer], [wait + 2, 'customer', 'says', 'Thank you. One more thing, I will write tomorrow.']],
  (who, answer, wait) => [[wait / 2, 'ines', 'gives to', 'support'], [wait, who, 'says', answer], [wait + 1, who, 'notes', 'Asked before; worth an article.'], [wait + 3, who, 'closes']],
  (who, answer, wait) => [[wait / 2, 'ines', 'gives to', who], [wait, who, 'says', answer], [wait + 1, 'customer', 'says', 'Works, thanks!'], [wait + 2, who, 'closes', 'Have a good season!']],
]

const howMany = 56

/** Conversations of everyday work, with people of the crowd. Half of them end. */
export const chatter = (dice: Chance): readonly Dialogue[] =>
  Array.from({ length: howMany }, (_, index) => {
    const { first, answer, topic } = subjects[index % subjects.length]!
    const course = dice.often(50) ? courses.length - 1 - dice.below(2) : dice.below(courses.length - 2)
    const turns = courses[course]!(dice.pick(hands), answer, 0.2 + dice.below(60) / 10)
    const ended = turns.at(-1)?.[2] === 'closes'
    return {
      person: firstInCrowd + dice.below(crowdSize),
      opened: [2 + dice.below(120), 8 + dice.below(9)],
      first,
      turns,
      ...(ended && dice.often(40) && { rating: { rating: dice.pick(ratings), remark: '' } }),
      ...(dice.often(20) && { tags: ['Feature request'] as const }),
      facts: { custom_attributes: { Topic: topic }, topics: [topic], read: ended },
    }
  })
