import type { EventIn, EventShapes } from '@common-thread/eventing/event-shapes';
import type { Audience } from '@common-thread/domain/identifiers';
import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';

/** How much a recipient is told of one event, least first. */
export const grades = ['withheld', 'existence', 'notice', 'content'] as const;
export type Grade = (typeof grades)[number];

/** What the envelope of the log may tell beside the data: governed like any field. */
export type EnvelopeField = 'organisation' | 'recordedBy' | 'role';
export const envelopeFields: readonly EnvelopeField[] = ['organisation', 'recordedBy', 'role'];

export type Cell<Field extends string = string> =
  | { readonly grade: 'withheld' | 'existence' | 'notice' }
  | { readonly grade: 'content'; readonly fields: readonly Field[] };

/** Nothing. */
export const withheld = { grade: 'withheld' } as const;
/** That another service is involved: when it begins and ends, never an event apiece. */
export const existence = { grade: 'existence' } as const;
/** Type and dates. */
export const notice = { grade: 'notice' } as const;
/** The named fields. */
export function content<const Fields extends readonly string[]>(...fields: Fields) {
  return { grade: 'content', fields } as const satisfies Cell<Fields[number]>;
}

/** `author` and `referrer` name recipients by their part in the matter; the others by audience. */
export type Column = 'author' | 'referrer' | Audience;
export const columns: readonly Column[] = [
  'author',
  'referrer',
  'safeguarding-hub',
  'childrens-centre',
  'health-visiting',
  'partnership-board',
];

export interface LineHead {
  /** Dotted and lower case; on the wire `uk.common-thread.<publicType>.v1`. */
  readonly publicType: string;
  /** Of the type on the wire, from 1: raised where a change would break whoever reads it. */
  readonly publicVersion?: number;
}

/** An event with a cell for every column. */
export type CellsLine<Field extends string> = LineHead & {
  readonly [C in Column]: Cell<Field>;
} & {
  /** What it does to the episode its stream is, for recipients told of its existence only. */
  readonly involvement?: 'begins' | 'continues' | 'ends';
  /**
   * `people`: reaches every family its people belong to, one row each. `directory`: public reference
   * data, told to every recipient. Otherwise the family its stream names.
   */
  readonly reaches?: 'people' | 'directory';
  /** Who is in the household: told of the past in full, whatever the relationship's grade of history. */
  readonly household?: true;
};

/** An event that follows another: told to everyone told of that one, at the grade of the row it follows. */
export type FollowingLine = LineHead & { readonly follows: 'corrects' | 'withdraws' };

type DataOf<Type extends string> = Extract<CommonThreadEvent, { type: Type }>['data'];
type FieldOf<Type extends string> = (keyof DataOf<Type> & string) | EnvelopeField;

type Line<Type extends string> =
  DataOf<Type> extends { corrects: string } | { withdraws: string }
    ? FollowingLine
    : CellsLine<FieldOf<Type>>;

/** [every event] × [every column], no default: a cell left out or a field the event has not does not compile. */
export type DisclosureTable = { readonly [Type in CommonThreadEvent['type']]: Line<Type> };

export type AnyLine = CellsLine<string> | FollowingLine;

/** A narrower table for tests of the relay over other events. */
export type TableOf<Shapes extends EventShapes> = {
  readonly [Type in EventIn<Shapes>['type']]: AnyLine;
};

export function isFollowing(line: AnyLine): line is FollowingLine {
  return 'follows' in line;
}
