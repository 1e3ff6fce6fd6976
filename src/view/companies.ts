export { company } from './company.ts'
export { contact, tag } from './contacts.ts'
export { segment } from './segments.ts'
