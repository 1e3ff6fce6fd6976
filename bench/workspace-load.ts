// Fills a workspace's file with copies of what the demo holds: workspace-load <file> <contacts|conversations> <count>
import { contacts, visible } from '../src/workspace/contact-document.ts'
import { conversations } from '../src/workspace/conversation.ts'
import { conversationParts } from '../src/workspace/conversation-parts.ts'
import { openDatabase } from '../src/workspace/sqlite.ts'
import { openStore, sql, type Store } from '../src/workspace/store.ts'
import { openWorkspace } from '../src/workspace/workspace.ts'
import { idOf } from './load.ts'
import { morning, year } from './workspace-questions.ts'

/** Documents in one transaction. */
const batch = 10_000

/** Puts the copy of that number; each has its own id and its own times in the last year. */
type Copying = (store: Store) => (serial: number) => void

const momentOf = (serial: number): number => morning - ((serial * 7919) % year)

const copyContacts: Copying = (store) => {
  const people = store.find(contacts, { where: visible })
  return (serial) => {
    const person = people[serial % people.length]!
    const created_at = momentOf(serial)
    store.put(contacts, {
      ...person,
      id: idOf(serial),
      external_id: `copy_${serial}`,
      email: `person${serial}@guides${serial % 1000}.example`,
      name: `${person.name} ${serial}`,
      created_at,
      updated_at: created_at + (serial % 86_400),
      last_seen_at: person.last_seen_at && created_at + (serial % 100_000),
      company_ids: [],
    })
  }
}

const copyConversations: Copying = (store) => {
  const began = store.find(conversations, { where: sql`archived = 0 AND snoozed_until IS NULL` })
  const partsOf = began.map(({ id }) => store.find(conversationParts, { where: sql`conversation_id = ${id}`, limit: 5 }))
  return (serial) => {
    const created_at = momentOf(serial)
    const id = String(1_000_000 + serial)
    store.put(conversations, { ...began[serial % began.length]!, id, created_at, updated_at: created_at + (serial % 86_400) })
    for (const [index, part] of partsOf[serial % began.length]!.entries()) store.put(conversationParts, { ...part, id: `${id}${index}`, conversation_id: id })
  }
}

const copying: Readonly<Record<string, Copying>> = { contacts: copyContacts, conversations: copyConversations }

const [file = '', kind = '', count = '0'] = process.argv.slice(2)
openWorkspace({ file, now: () => morning * 1000, random: Math.random }).close()
const store = openStore(openDatabase(file))
const copy = copying[kind]!(store)
const began = performance.now()
for (let done = 0; done < Number(count); ) {
  const end = Math.min(done + batch, Number(count))
  store.transaction('write', () => {
    while (done < end) copy(++done)
  })
}
console.log(JSON.stringify({ rate: Number(count) / ((performance.now() - began) / 1000) }))
store.close()
