// The client as it is shipped, for the bench to call: tsx, which runs the bench, would slow its functions down
export { createClient } from '../src/client/client.ts'
export { getContact } from '../src/contract/contacts.ts'
