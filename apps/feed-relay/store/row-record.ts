import { factKinds } from '@common-thread/domain/code-lists';
import type { Grade } from '@common-thread/disclosure/disclosure-table';
import { grades } from '@common-thread/disclosure/disclosure-table';
import type { RestsOnAgreement } from '@common-thread/disclosure/telling';
import type { EventRef } from '../relay/fact.js';
import type { RowRecord } from '../relay/told-rows.js';

/** Bigints come as text. */
export interface RefRecord {
  readonly ordinal: string;
  readonly event_id: string;
  readonly event_type: string;
  readonly stream_id: string;
  readonly target_id: string | null;
}

export function refFrom(record: RefRecord): EventRef {
  return {
    eventId: record.event_id,
    ordinal: Number(record.ordinal),
    type: record.event_type,
    streamId: record.stream_id,
    targetId: record.target_id,
  };
}

/** What the relay remembers of a row, as its table has it. */
export interface TellingRecord extends RefRecord {
  readonly recipient: string;
  readonly sequence: string;
  readonly id: string;
  readonly line: string;
  readonly withdrawn_by: string | null;
  readonly told_at: string;
  readonly person_id: string;
  readonly via: string | null;
  readonly grade: string;
  readonly fields: string[];
  readonly follows: string | null;
  readonly own: boolean;
  readonly agreement: string | null;
  readonly fact_kind: string | null;
}

export function rowOf(record: TellingRecord): RowRecord {
  return {
    recipient: record.recipient,
    sequence: Number(record.sequence),
    id: record.id,
    event: refFrom(record),
    toldAt: Number(record.told_at),
    line: record.line,
    personId: record.person_id,
    via: record.via,
    grade: gradeOf(record.grade),
    fields: record.fields,
    follows: record.follows,
    own: record.own,
    agreement: restsOn(record),
    withdrawnBy: record.withdrawn_by,
  };
}

function restsOn({ agreement, fact_kind: told }: TellingRecord): RestsOnAgreement | null {
  const kind = factKinds.find((known) => known === told);
  return agreement === null || kind === undefined ? null : { id: agreement, kind };
}

function gradeOf(text: string): Grade {
  const grade = grades.find((known) => known === text);
  if (!grade) throw new Error(`${text} is no grade`);
  return grade;
}
