import { addNote, type NoteDocument } from '../note.ts'
import type { Store } from '../store.ts'
import type { Clock } from './clock.ts'
import { contactId } from './ids.ts'
import { adminIds, type Colleague } from './workspace.ts'

/** What colleagues wrote down about people, oldest first. */
const notes = ({ ago }: Clock): readonly Omit<NoteDocument, 'id'>[] => {
  const note = (person: number, author: Colleague, created_at: number, text: string): Omit<NoteDocument, 'id'> => ({
    contact_id: contactId(person),
    author_id: adminIds[author],
    body: `<p>${text}</p>`,
    created_at,
  })
  return [
    note(6, 'lucia', ago(200, 16), 'Runs both the snow school and the rafting office. Wants one calendar for the two.'),
    note(6, 'tobias', ago(57, 11), 'Rings rather than writes when guests wait. The rafting office answers to her sister, Anjali, on Mondays.'),
    note(5, 'tobias', ago(36, 11), 'Asked for no more marketing mail. Answers on the phone before ten, Irish time.'),
    note(1, 'wes', ago(30, 19), 'Met at the outfitters fair. Will speak for us in the spring webinar if the calendar sync is fixed by then.'),
    note(6, 'priya', ago(17, 15), 'One invoice for both offices from December on, a line for each.'),
    note(2, 'lucia', ago(14, 20), 'Prefers Spanish. Considers moving the gym waiver to another tool.'),
    note(1, 'ines', ago(2, 15), 'Renewal in six weeks, 14 seats. Double bookings after the calendar sync are what she will judge us by.'),
    note(7, 'lucia', ago(1, 13), 'Trial going well: first five bookings came in on day three.'),
  ]
}

export const layNotes = (store: Store, time: Clock): void => {
  for (const note of notes(time)) addNote(store, note)
}
