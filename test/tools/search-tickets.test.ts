import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, test } from 'vitest'
import { bothWays, searching, type Shown } from './searching.ts'

const tool = searching('tickets')
const { asked, found, refused, text } = tool
const is = (field: string, value: unknown, operator = '=') => ({ field, operator, value })
const filter = (field: string, value: unknown, operator?: string) => ({ filters: [{ field, value, ...(operator && { operator }) }] })

describe('filters are the API\'s own in other words', () => {
  test.each<[string, Shown, Shown]>([
    ['a type by name', filter('type', 'bug'), is('ticket_type_id', '4')],
    ['several types', filter('ticket type', ['Bug', 'Question']), is('ticket_type_id', ['4', '1'], 'IN')],
    ['a category as shown', filter('category', 'Back-office'), is('category', 'task')],
    ['an attribute by name', filter('Severity', 'high'), is('ticket_attribute.7', 'High')],
    ['an attribute by type and name', filter('Booking problem.Booking reference', 'PW-48213'), is('ticket_attribute.6', 'PW-48213')],
    ['an attribute under its prefix', filter('attributes.Severity', ['High', 'Critical']), is('ticket_attribute.7', ['High', 'Critical'], 'IN')],
    ['an attribute by id', filter('ticket_attribute.7', 'Low', 'is_not'), is('ticket_attribute.7', 'Low', '!=')],
    ['a number among attributes', filter('Guests affected', 10, 'at_most'), is('ticket_attribute.8', 10, '<=')],
    ['more than a decimal', filter('Amount', 50, 'greater'), { operator: 'AND', value: [is('ticket_attribute.14', 50, '>='), is('ticket_attribute.14', 50, '!=')] }],
    ['a date among attributes', filter('Happened at', 'last 400 days'), is('ticket_attribute.9', 0, '>')],
    ['truth among attributes', filter('Paid by card', true), is('ticket_attribute.17', true)],
    ['nobody', filter('assignee', 'nobody'), is('admin_assignee_id', '0')],
    ['somebody', filter('assignee', undefined, 'is_set'), is('admin_assignee_id', '0', '!=')],
    ['a team as assignee', filter('assignee', 'Billing'), is('team_assignee_id', '5530002')],
    ['a contact', filter('contact', 'maren@cedarcove.example'), is('contact_ids', '66f0c3d1a7b24e1000000001')],
    ['words of the title', filter('title', 'calendar'), is('title', 'calendar', '~')],
    ['a state', filter('status', 'open'), is('state', 'open')],
  ])('%s', async (_, filters, query) => {
    const { mine, theirs } = await bothWays(tool, 'tickets', filters, query)
    expect(mine).toEqual(theirs)
  })

  test('what was understood is told by the names that people know', async () => {
    expect((await asked({ filters: [{ field: 'Severity', value: 'high' }, { field: 'type', value: 'Booking problem' }] })).note).toBe(
      'Searched for: Booking problem.Severity is High; ticket_type_id is Booking problem (2).',
    )
  })
})

describe('text', () => {
  test('is found in titles and descriptions', async () => {
    expect(await found({ text: 'redelivered webhook' })).toMatchObject([{ ticket_id: '45', found_in: expect.stringContaining('one webhook when it is redelivered') as string }])
  })

  test('is found in attributes and replies', async () => {
    expect(await asked({ text: 'PW-48213' })).toMatchObject({ tickets: [{ found_in: 'PW-48213' }], total: 1, note: expect.stringMatching(/^Looked through .* 1 was found only there\.$/) as string })
  })
})

describe('what cannot be', () => {
  test.each<[string, Shown, RegExp]>([
    ['an attribute of several types', filter('Booking reference', 'x'), /"Booking problem\.Booking reference" \(ticket_attribute\.6\), "Refund request\.Booking reference" \(ticket_attribute\.15\)\. Name one/],
    ['a choice of none', filter('Severity', 'Terrible'), /ticket_attribute\.7 is one of Low, Medium, High, Critical, not "Terrible"/],
    ['a misspelt attribute', filter('attributes.Severty', 'x'), /"attributes\.Severty" is not a search field\. Did you mean "Severity"\?/],
    ['files', filter('Screenshots', 'x'), /holds files/],
    ['a ticket state', filter('state', 'In progress'), /state is one of open, closed, snoozed, not "In progress"\. Ticket search knows only/],
    ['the field of ticket states', filter('ticket_state', 'Resolved'), /cannot be searched, but is shown/],
    ['a tag', filter('tag', 'VIP'), /Ticket search knows no tags/],
    ['a type of none', filter('type', 'Bugs'), /There is no ticket type "Bugs"\. Did you mean "Bug"\?/],
  ])('%s', async (_, input, message) => {
    expect(await refused(input)).toMatch(message)
  })
})

test('twenty of them are read at once', async () => {
  expect(encode(await text({})).length).toBeLessThan(2000)
})
