import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'
import { preload } from '../preload.ts'

// Runs before each test file: every server that it starts keeps an audit log

const folder = join(inject('answers'), 'audit')
mkdirSync(folder, { recursive: true })
process.env.AUDIT_FOLDER = folder
preload(join(import.meta.dirname, 'audit.cjs'))
