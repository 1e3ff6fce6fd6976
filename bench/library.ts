// What the bench calls in its own process, bundled as it is shipped: tsx, which runs the bench, would slow functions down
export { IntercomClient } from 'intercom-client'
export { Pool } from 'undici'
export { createClient } from '../src/client/client.ts'
export { getContact } from '../src/contract/contacts.ts'
