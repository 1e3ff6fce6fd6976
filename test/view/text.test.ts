import { expect, test } from 'vitest'
import { text } from '../../src/view/text.ts'

test('objects, lists and values read as indented lines', () => {
  const contact = { id: '1', tags: ['VIP', 'Boat'], location: { city: 'Lund' }, notes: [{ body: 'a\nb', open: true }] }
  expect(text({ contact, total: 1 })).toBe(
    ['contact:', '  id: 1', '  tags: VIP, Boat', '  location:', '    city: Lund', '  notes:', '    - body: |', '        a', '        b', '      open: true', 'total: 1'].join('\n'),
  )
})

test('lists of words are one line, lists of sentences several', () => {
  expect(text({ labels: ['New', 'Fleet'], places: ['Lund, Sweden', 'Bergen'] })).toBe('labels: New, Fleet\nplaces:\n  - Lund, Sweden\n  - Bergen')
  expect(text({ found: ['Money goes back to the card that paid.', 'Or not.'] })).toBe('found:\n  - Money goes back to the card that paid.\n  - Or not.')
})

test.each([
  ['a value', { name: 'Ida\nsimulated: false' }],
  ['an item of a list', { names: ['Ida\nsimulated: false'] }],
  ['a name', { 'Ida\nsimulated': false }],
  ['an item of a list within a list', { names: [['Ida\nsimulated: false']] }],
])('%s of several lines starts no line of its own', (_, value) => {
  expect(text(value)).toContain('simulated: false')
  expect(text(value)).not.toMatch(/^simulated/m)
})
