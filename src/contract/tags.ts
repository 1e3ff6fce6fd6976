export { Tag } from './tag.ts'
