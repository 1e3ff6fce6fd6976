import { activityLogs } from './activity-logs.ts'
import { admins } from './admins.ts'
import { contacts } from './contact-document.ts'
import { customObjectInstances, customObjectTypes } from './custom-object.ts'
import { dataAttributes } from './data-attribute.ts'
import * as activity from './seed/activity.ts'
import * as attributes from './seed/attributes.ts'
import { layArticles } from './seed/articles.ts'
import { chance } from './seed/chance.ts'
import { chatter } from './seed/chatter.ts'
import { type Clock, clock } from './seed/clock.ts'
import { layCompanies } from './seed/companies.ts'
import { layConversations } from './seed/conversations.ts'
import { crowd } from './seed/crowd.ts'
import * as objects from './seed/custom-objects.ts'
import { customers } from './seed/customers.ts'
import { dialogues } from './seed/dialogues.ts'
import { layEvents } from './seed/events.ts'
import { layCollections, layHelpCenters } from './seed/help-centers.ts'
import { layInternalArticles } from './seed/internal-articles.ts'
import * as labels from './seed/labels.ts'
import { layNews, layNewsfeeds } from './seed/news.ts'
import { layNotes } from './seed/notes.ts'
import { layExport, layMessages } from './seed/messages.ts'
import { ordinary } from './seed/ordinary.ts'
import { layPages } from './seed/pages.ts'
import { asContact } from './seed/person.ts'
import { specialCases } from './seed/special-cases.ts'
import { stories } from './seed/stories.ts'
import { layTicketStates, layTicketTypes } from './seed/ticket-types.ts'
import { layTickets } from './seed/tickets.ts'
import * as offices from './seed/two-offices.ts'
import * as website from './seed/visitors.ts'
import { app, colleagues, fin, teams as groups } from './seed/workspace.ts'
import { segments } from './segment.ts'
import type { Collection, Store } from './store.ts'
import { subscriptionTypes } from './subscription-types.ts'
import { tags } from './tag.ts'
import { teams } from './teams.ts'
import { visitors } from './visitor.ts'

/** Any number: another one gives another crowd. */
const luck = 20_260_213

/**
 * Fills a new workspace: `empty` has what no part of the API can make, and nothing else; `demo` also has the customers,
 * tickets and pages of a small invented company. The same for the same day of `now` (unix seconds), down to every id.
 */
export const laySeed = ({ store, now }: { readonly store: Store; readonly now: number }, seed: 'demo' | 'empty'): void => {
  const time = clock(now)
  laySetup(store, time)
  if (seed === 'demo') layDemo(store, time)
}

const laySetup = (store: Store, time: Clock): void => {
  store.set('app', JSON.stringify(app(time)))
  put(store, admins, [fin, ...colleagues])
  put(store, teams, groups)
  put(store, segments, labels.defaultSegments(time))
  put(store, dataAttributes, attributes.conversationAttributes(time))
  put(store, customObjectTypes, objects.customObjectTypes)
  put(store, subscriptionTypes, labels.subscriptionTypes)
  put(store, visitors, website.visitors(time))
  layTicketStates(store)
  layHelpCenters(store, time)
  layNewsfeeds(store, time)
}

const layDemo = (store: Store, time: Clock): void => {
  layReference(store, time)
  layPeople(store, time)
  layTicketTypes(store, time)
  layTickets(store, [...stories, ...ordinary(chance(luck + 1))], time)
  layConversations(store, [...dialogues, ...chatter(chance(luck + 3))], time)
  layPages(store, time)
  layCollections(store, time)
  layArticles(store, time)
  layInternalArticles(store, time)
  layNews(store, time)
  layEvents(store, time)
  layMessages(store, time)
  layExport(store, time)
  layTwoOffices(store, time)
  put(store, activityLogs, activity.activityLogs(chance(luck + 2), time))
}

/** Later than the rest: examples name its ids. */
const layTwoOffices = (store: Store, time: Clock): void => {
  layTickets(store, offices.stories, time)
  layConversations(store, offices.dialogues, time)
}

const put = <D extends { id: string | number }>(store: Store, into: Collection<D>, documents: readonly D[]): void => {
  for (const document of documents) store.put(into, document)
}

const layReference = (store: Store, time: Clock): void => {
  put(store, tags, labels.tags)
  put(store, segments, labels.segments(time))
  put(store, dataAttributes, attributes.dataAttributes(time))
  put(store, customObjectInstances, objects.customObjectInstances(time))
  layCompanies(store, time)
}

const layPeople = (store: Store, time: Clock): void => {
  const known = [...customers, ...specialCases].map((person) => asContact(person, time))
  put(store, contacts, [...known, ...crowd(chance(luck), time)].toSorted((a, b) => a.created_at - b.created_at))
  layNotes(store, time)
}
