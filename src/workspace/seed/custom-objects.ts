import type { CustomObjectInstanceDocument, CustomObjectTypeDocument } from '../custom-object.ts'
import type { Clock, Moment } from './clock.ts'

/** Tours that guests booked, and what outfitters lend them. */
export const customObjectTypes: readonly CustomObjectTypeDocument[] = [
  {
    id: 'Booking',
    attributes: { tour: 'string', guests: 'integer', total: 'float', paid: 'boolean', departs_at: 'date' },
    references: [
      { model: 'contact', name: 'Booking' },
      { model: 'conversation', name: 'Booking' },
    ],
  },
  {
    id: 'Gear',
    attributes: { model: 'string', condition: 'string', seats: 'integer', daily_rate: 'float', in_service: 'boolean', bought_on: 'date' },
    references: [{ model: 'conversation', name: 'Gear' }],
  },
]

export const bookingIds = { islandLoop: '70101', sunsetPaddle: '70102', canyonRoute: '70103', iceTour: '70104' } as const

export const gearIds = { seaKayak: '70201', tandem: '70202' } as const

type Known = Pick<CustomObjectInstanceDocument, 'id' | 'external_id' | 'custom_attributes'> & {
  readonly made: Moment
  readonly changed: Moment
  /** Attributes that are dates. */
  readonly dates: Readonly<Record<string, Moment>>
}

const instance =
  (type: string, { ago, moments }: Clock) =>
  ({ made, changed, dates, ...known }: Known): CustomObjectInstanceDocument => ({
    ...known,
    type,
    external_created_at: ago(...made),
    external_updated_at: ago(...changed),
    custom_attributes: { ...known.custom_attributes, ...moments(dates) },
    created_at: ago(...made) + 20,
    updated_at: ago(...changed) + 20,
  })

const bookings: readonly Known[] = [
  {
    id: bookingIds.islandLoop,
    external_id: 'PW-48213',
    custom_attributes: { tour: 'Island Loop', guests: 8, total: 712, paid: true },
    made: [16, 11],
    changed: [2, 12.75],
    dates: { departs_at: [-6, 13] },
  },
  {
    id: bookingIds.sunsetPaddle,
    external_id: 'PW-48377',
    custom_attributes: { tour: 'Sunset Paddle', guests: 2, total: 158.5, paid: false },
    made: [3, 22],
    changed: [3, 22],
    dates: { departs_at: [-9, 22] },
  },
  {
    id: bookingIds.canyonRoute,
    external_id: 'PW-47102',
    custom_attributes: { tour: 'Barnhardt Canyon, two days', guests: 6, total: 1_242, paid: true },
    made: [40, 17],
    changed: [6, 19],
    dates: { departs_at: [7, 14] },
  },
  {
    id: bookingIds.iceTour,
    external_id: 'PW-49020',
    custom_attributes: { tour: 'First tracks lesson', guests: 4, total: 516, paid: true },
    made: [5, 20],
    changed: [5, 20],
    dates: { departs_at: [-30, 14] },
  },
]

const gear: readonly Known[] = [
  {
    id: gearIds.seaKayak,
    external_id: 'CC-K-031',
    custom_attributes: { model: 'Tern 17 double', condition: 'New hatch cover needed', seats: 2, daily_rate: 95, in_service: false },
    made: [800, 14],
    changed: [4, 16],
    dates: { bought_on: [806, 0] },
  },
  {
    id: gearIds.tandem,
    external_id: 'BB-T-004',
    custom_attributes: { model: 'Duet tandem', condition: 'Good', seats: 2, daily_rate: 42.5, in_service: true },
    made: [590, 9],
    changed: [75, 9],
    dates: { bought_on: [598, 0] },
  },
]

export const customObjectInstances = (time: Clock): readonly CustomObjectInstanceDocument[] => [
  ...bookings.map(instance('Booking', time)),
  ...gear.map(instance('Gear', time)),
]
