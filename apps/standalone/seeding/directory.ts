import type { CommandActor } from '@common-thread/eventing/decider';
import { derivedId } from '@common-thread/eventing/identifiers';
import { countyAgreement } from './agreements.js';
import { dayNumber, noonOf } from './calendar.js';
import type { PlannedCommand } from './planned-command.js';
import { governanceOf, systemOf } from './workers.js';

/** The demonstration agencies, each with the number it prints (Ofcom's numbers for drama). */
export const organisations = [
  {
    id: 'fairholme-hub',
    name: 'Fairholme Safeguarding Hub',
    recipient: 'fairholme-hub.safeguarding-hub',
    telephone: '01632 960 100',
  },
  {
    id: 'larkfield-centres',
    name: 'Larkfield Family Centres',
    recipient: 'larkfield-centres.childrens-centre',
    telephone: '01632 960 200',
  },
  {
    id: 'brook-and-vale',
    name: "Brook & Vale Children's Centres",
    recipient: 'brook-and-vale.childrens-centre',
    telephone: '01632 960 300',
  },
  {
    id: 'fairholme-health',
    name: 'Fairholme Community Health NHS Trust',
    recipient: 'fairholme-health.health-visiting',
    telephone: '01632 960 400',
  },
] as const;
export const hub = organisations[0].recipient;
export const larkfield = organisations[1].recipient;
export const brookAndVale = organisations[2].recipient;
export const trust = organisations[3].recipient;

export interface District {
  readonly slug: string;
  readonly name: string;
  readonly provider: typeof larkfield | typeof brookAndVale;
  /** No postcode of the United Kingdom begins with Q. */
  readonly outwardCode: string;
  /** Share of the county's families. */
  readonly weight: number;
  readonly clusters: readonly (readonly string[])[];
}

/** Seven districts as in the county the shape is taken from; every name is invented. */
export const districts: readonly District[] = [
  district('Harrowmere', larkfield, 1, 18, [
    ['Millrace', 'Copper Lane', 'Old Tannery'],
    ['Larkrise', 'Thimble Hill'],
    ['Saltbarn', 'Weaversgate'],
  ]),
  district('Tarnbury', larkfield, 2, 16, [
    ['Foxglove', 'Candlewick'],
    ['Stonepipe', 'Halfmoon'],
    ['Quillgate', 'Lanternside'],
  ]),
  district('Westerlinn', larkfield, 3, 14, [
    ['Bellfoundry', 'Driftway'],
    ['Cloverhithe', 'Threeponds'],
    ['Ropewalk'],
  ]),
  district('Oxmarsh', larkfield, 4, 13, [
    ['Heronsreach', 'Peatcutters'],
    ['Windlestraw', 'Sluicegate'],
  ]),
  district('Pellbridge', brookAndVale, 5, 15, [
    ['Bobbin Row', 'Cartwheel', 'Inkwell'],
    ['Tollkeeper', 'Swanmeet'],
    ['Marlpit', 'Gingerbread'],
  ]),
  district('Norvale', brookAndVale, 6, 13, [
    ['Shepherdswhistle', 'Drystone'],
    ['Bracken Edge', 'Lowbeck'],
  ]),
  district('Ashenholt', brookAndVale, 7, 11, [
    ['Charcoal Lane', 'Bluebellwood'],
    ['Hurdlemakers', 'Acornfield'],
  ]),
];

function district(
  name: string,
  provider: District['provider'],
  number: number,
  weight: number,
  clusters: District['clusters'],
): District {
  return {
    slug: name.toLowerCase(),
    name,
    provider,
    outwardCode: `QF${number}`,
    weight,
    clusters,
  };
}

export interface Centre {
  /** Slug of the place, stable for ever. */
  readonly id: string;
  readonly name: string;
  readonly cluster: string;
  readonly district: District;
}

/** Every centre of the county. */
export const centres: readonly Centre[] = districts.flatMap((within) =>
  within.clusters.flatMap((names, nth) =>
    names.map((name) => ({
      id: `${slugOf(name)}-centre`,
      name: `${name} Family Centre`,
      cluster: `${within.slug}-${nth + 1}`,
      district: within,
    })),
  ),
);

export function centresOf(within: District): readonly Centre[] {
  return centres.filter((centre) => centre.district === within);
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}

/** The lane of what a county records before anything else. */
export const DIRECTORY_LANE = 'directory';

/** The organisations, what they have agreed to and their places, as of `day`. */
export function directoryCommands(seed: string, day: string): PlannedCommand[] {
  const when = {
    occurredAt: noonOf(dayNumber(day)),
    occurredPrecision: 'day' as const,
    imported: true as const,
    lane: DIRECTORY_LANE,
  };
  const commandId = (of: string, id: string) => derivedId('county', seed, of, id);
  return [
    ...organisations.map(({ id, name, recipient, telephone }): PlannedCommand => ({
      ...when,
      commandId: commandId('organisation', id),
      actor: systemOf(recipient),
      intent: {
        category: 'organisation',
        id,
        type: 'RecordOrganisation',
        data: { name, recipients: [recipient], telephone },
      },
    })),
    {
      ...when,
      commandId: commandId('agreement', 'all'),
      actor: governanceOf(hub),
      intent: {
        category: 'agreement',
        id: commandId('agreement', 'id'),
        type: 'SignAgreement',
        data: countyAgreement(
          organisations.map(({ id }) => id),
          day,
        ),
      },
    },
    ...centres.map(({ id, name, cluster, district: within }): PlannedCommand => ({
      ...when,
      commandId: commandId('place', id),
      actor: systemOf(within.provider),
      intent: {
        category: 'place',
        id,
        type: 'RecordPlace',
        data: {
          organisationId: organisationOf(within.provider),
          name,
          cluster,
          district: within.slug,
        },
      },
    })),
  ];
}

function organisationOf(recipient: CommandActor['recipient']): string {
  return recipient.slice(0, recipient.lastIndexOf('.'));
}
