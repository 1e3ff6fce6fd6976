import { type ContactDocument, contacts } from '../contact-document.ts'
import { type Act, conversations, withPart } from '../conversation.ts'
import { adminWrites, assigns, type By, closes, contactWrites, finAnswers, notes, snoozes } from '../conversation-acts.ts'
import { converted } from '../conversation-conversion.ts'
import type { ConversationDocument } from '../conversation-document.ts'
import { addPart, type NewPart } from '../conversation-parts.ts'
import { newConversation, nextMessageId } from '../conversation-start.ts'
import { paragraphs } from '../html.ts'
import { type Assignee, asAuthor, asUser, type PartAuthor } from '../parts.ts'
import { sql, type Store } from '../store.ts'
import { type TicketDocument, tickets } from '../ticket.ts'
import type { Clock } from './clock.ts'
import { companyIds } from './companies.ts'
import type { Dialogue, Turn, Verb, Who } from './dialogue.ts'
import { contactId } from './ids.ts'
import { tagIds } from './labels.ts'
import { typeId } from './ticket-types.ts'
import { adminIds, colleagues, fin, teamIds } from './workspace.ts'

const hours = 3600

const named = (ids: Readonly<Record<string, string>>, type: 'admin' | 'team') =>
  Object.entries(ids).map(([name, id]): [string, Assignee] => [name, { type, id }])

const assignees = new Map([...named(adminIds, 'admin'), ...named(teamIds, 'team')])

const gives = (conversation: ConversationDocument, by: By, name: string): Act => {
  const to = assignees.get(name)!
  return assigns(conversation, by, { [`${to.type}_assignee_id`]: Number(to.id) }, to)
}

type Answer = (conversation: ConversationDocument, by: By) => Act

const answers: Readonly<Record<PartAuthor['type'], Answer>> = { user: contactWrites, admin: adminWrites, bot: finAnswers }

const said = (what: string | number | undefined): { body: string | null } => ({ body: typeof what === 'string' ? paragraphs(what) : null })

/** What each verb of a dialogue does, as it would be done through the API. */
const steps: Readonly<Record<Verb, (conversation: ConversationDocument, by: By, what: string | number | undefined, clock: Clock) => Act>> = {
  says: (conversation, by, what) => answers[by.author.type](conversation, { ...by, ...said(what) }),
  mails: (conversation, by, what) => answers[by.author.type](conversation, { ...by, body: String(what) }),
  notes: (conversation, by, what) => notes(conversation, { ...by, ...said(what) }),
  closes: (conversation, by, what) => closes(conversation, { ...by, ...said(what) }),
  snoozes: (conversation, by, days, { ago }) => snoozes(conversation, by, ago(-Number(days), 14)),
  'gives to': (conversation, by, name) => gives(conversation, by, String(name)),
}

const speaker = (who: Who, contact: ContactDocument): PartAuthor => {
  if (who === 'customer') return asUser(contact)
  return asAuthor([fin, ...colleagues].find(({ id }) => id === adminIds[who])!)
}

/** Ways of saying something that go out by email where the conversation is one. */
const spoken: readonly Verb[] = ['says', 'mails']

/** Where emails go that answer nobody. */
const inbox = 'help@pondwick.example'

/** What is said in a conversation by email is an email. */
const mail = ({ source }: ConversationDocument, { email: from }: PartAuthor, contact: ContactDocument): NewPart['email'] => {
  if (source.type !== 'email' || !from) return null
  const teammate = source.author.type === 'admin' ? source.author.email : inbox
  return { subject: `Re: ${source.subject}`, from, to: (from === contact.email ? teammate : contact.email) ?? '' }
}

const play = (began: ConversationDocument, contact: ContactDocument, turns: readonly Turn[], clock: Clock) => {
  const scenes: (readonly [after: ConversationDocument, part: NewPart])[] = []
  for (const [after, who, does, what, file] of turns) {
    const author = speaker(who, contact)
    const at = began.created_at + Math.round(after * hours)
    const by = { author, at, attachments: file ? [file] : [], email: spoken.includes(does) ? mail(began, author, contact) : null }
    const act = steps[does](scenes.at(-1)?.[0] ?? began, by, what, clock)
    scenes.push([withPart(act.after, act.part, at), act.part])
  }
  return { scenes, ended: scenes.at(-1)?.[0] ?? began }
}

const begun = (store: Store, id: string, dialogue: Dialogue, contact: ContactDocument, { ago }: Clock): ConversationDocument => {
  const { first, from = 'customer', how = {}, opened } = dialogue
  const { url = null, ...opening } = how
  const writer = store.get(contacts, contactId(dialogue.began ?? dialogue.person))!
  const author = speaker(from, writer)
  const message = { contact, author, body: paragraphs(first), message_id: nextMessageId(store), created_at: ago(...opened) }
  const made = newConversation(id, { ...opening, ...message })
  return { ...made, source: { ...made.source, url } }
}

/** What is known of a conversation besides what was said and done in it. */
const known = (store: Store, dialogue: Dialogue, ended: ConversationDocument, { moments }: Clock): ConversationDocument => {
  const { tags = [], company, rating, about, others = [], facts = {}, dates = {} } = dialogue
  const linked = about === undefined ? [] : store.find(tickets, { where: sql`title = ${about}` })
  return {
    ...ended,
    ...facts,
    custom_attributes: { ...facts.custom_attributes, ...moments(dates) },
    contact_ids: [...ended.contact_ids, ...others.map(contactId)],
    tags: tagIds(tags).map((id) => ({ id, applied_at: ended.created_at + hours, applied_by: { type: 'admin', id: adminIds.ines } })),
    company_id: company ? companyIds([company])[0]! : null,
    linked: linked.map(({ id, category }) => ({ type: 'ticket', id, category })),
    rating: rating ? { ...rating, ...asked(ended) } : null,
  }
}

/** A contact is asked for a rating when the conversation closes, and answers ten minutes later. */
const asked = ({ updated_at, contact_ids, statistics }: ConversationDocument) => ({
  created_at: updated_at,
  replied_at: updated_at + 600,
  contact_id: contact_ids[0]!,
  teammate_id: statistics.last_closed_by_id ?? adminIds.ines,
})

const linkBack = (store: Store, { id, linked }: ConversationDocument): void => {
  for (const ticket of linked.map((one) => store.get(tickets, one.id)!)) {
    const both: TicketDocument = { ...ticket, linked: [...ticket.linked, { type: 'conversation', id, category: null }] }
    store.put(tickets, both)
  }
}

/** Contacts remember when they last wrote, and were last written to. */
const remember = (store: Store, { contact_ids, statistics, created_at, source }: ConversationDocument): void => {
  const wroteTo = Math.max(statistics.last_admin_reply_at ?? 0, source.author.type === 'admin' ? created_at : 0)
  for (const contact of contact_ids.map((id) => store.get(contacts, id)!)) {
    const last_replied_at = Math.max(contact.last_replied_at ?? 0, statistics.last_contact_reply_at ?? 0) || null
    const last_contacted_at = Math.max(contact.last_contacted_at ?? 0, wroteTo) || null
    if (last_replied_at !== contact.last_replied_at || last_contacted_at !== contact.last_contacted_at)
      store.put(contacts, { ...contact, last_replied_at, last_contacted_at })
  }
}

const layDialogue = (store: Store, id: string, dialogue: Dialogue, clock: Clock): void => {
  const contact = store.get(contacts, contactId(dialogue.person))!
  const { scenes, ended } = play(begun(store, id, dialogue, contact, clock), contact, dialogue.turns ?? [], clock)
  const conversation = store.put(conversations, known(store, dialogue, ended, clock))
  for (const [after, part] of scenes) addPart(store, after, part)
  linkBack(store, conversation)
  remember(store, conversation)
  const attributes = { _default_title_: dialogue.ticket ?? '', Area: 'Account' }
  if (dialogue.ticket) converted(conversation, { ticket_type_id: typeId('Question'), attributes }, { store, now: ended.updated_at + hours })
}

/** Every third id of the counter that they share was given to a ticket; these are the others: 1, 2, 4, 5, 7 and so on. */
const idOf = (index: number): string => String(index + Math.floor(index / 2) + 1)

/** Lays every dialogue, the oldest first, so that ids grow with time, from those on that are there. Tickets must be there. */
export const layConversations = (store: Store, dialogues: readonly Dialogue[], clock: Clock): void => {
  const age = ({ opened: [days, hour] }: Dialogue): number => days * 24 - hour
  const before = store.count(conversations)
  dialogues.toSorted((a, b) => age(b) - age(a)).forEach((dialogue, index) => layDialogue(store, idOf(before + index), dialogue, clock))
}
