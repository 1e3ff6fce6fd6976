import * as z from 'zod'
import { Admin } from './admins.ts'
import { operation, type ReadBack } from './operation.ts'
import { isNew } from './read-back.ts'
import { Html, numberedList, Reference, shape, Timestamp } from './shape.ts'

/** What a teammate wrote down about a contact. Contacts never see it. */
export const Note = shape(
  { id: z.string() },
  { type: z.string(), created_at: Timestamp, contact: Reference, author: Admin, body: Html },
)

const contact_id = z.string().describe("The contact's Intercom id: 24 hexadecimal characters.")
const paging = { style: 'page', default: 50, max: 150, items: 'data' } as const

export const listContactNotes = operation({
  name: 'list_contact_notes',
  operationId: 'listNotes',
  title: "List a contact's notes",
  description: 'What teammates wrote down about a contact, newest first, with its author.',
  asked: 'remarks comments teammates wrote person customer profile read about user what colleagues write all internal history background previous every lead anything client call memos know latest any before',
  route: 'GET /contacts/{contact_id}/notes',
  effect: 'read',
  permission: 'Read and list users and companies',
  input: z.strictObject({
    contact_id,
    page: z.int().min(1).optional(),
    per_page: z.int().min(1).max(paging.max).optional().describe('Items a page; 50 by default.'),
  }),
  output: numberedList('data', Note),
  paging,
  resource: 'intercom://contacts/{contact_id}/notes',
})

/** A body comes back as HTML, so the note is known by who wrote it and when. */
const isThisNote: ReadBack['happened'] = ({ body, admin_id }, found, since) => {
  const author = (found?.author as { id?: unknown } | null | undefined)?.id // of an answer nobody has checked
  const holds = String(found?.body ?? '').includes(String(body).trim())
  return found && holds && String(author ?? '') === String(admin_id ?? '') && isNew(found, since) ? true : undefined
}

export const createNote = operation({
  name: 'create_note',
  operationId: 'createNote',
  title: 'Write a note about a contact',
  description: 'Adds a note to a contact that only teammates read. Text or HTML. Notes can be neither changed nor removed through the API.',
  asked: 'write add leave jot down remark memo person contact customer user lead profile remember about log call summary phoned client prefers email record private comment colleagues document meeting save observation internal put reminder said vip treatment',
  route: 'POST /contacts/{contact_id}/notes',
  effect: 'write',
  permission: 'Write users and companies',
  input: z.strictObject({
    contact_id,
    body: z.string().min(1).describe('Text or HTML.'),
    admin_id: z.string().optional().describe('Id of the admin who writes it; without it the note has no author.'),
  }),
  output: Note,
  readBack: { operation: listContactNotes, input: ({ contact_id }) => ({ contact_id, per_page: paging.max }), happened: isThisNote, missing: false },
})

export const getNote = operation({
  name: 'get_note',
  operationId: 'retrieveNote',
  title: 'Get a note',
  description: 'One note by id, with its author and the contact it is about.',
  asked: 'one open who wrote show full text when written read single remark view memo author which contact about pull details look particular date',
  route: 'GET /notes/{id}',
  effect: 'read',
  permission: 'Read one user and one company',
  input: z.strictObject({ id: z.string().describe("The note's id.") }),
  output: Note,
  resource: 'intercom://notes/{id}',
})
