import type { Handlers } from './handler.ts'

export const handlers: Handlers<'tags'> = {}
