import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { codec } from '@common-thread/domain/event-catalogue';
import { isBox } from '@common-thread/eventing/sealing';

/** Part of every name and text, a date of birth and an identifier, none of them anybody's. */
export const STEM = 'Quillfeather';
export const BIRTH = '1913-07-23';
export const NUMBER = '9990000018';
export const canaries = [STEM, BIRTH, NUMBER];

interface Sample {
  readonly streamId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface SampleWithCanaries {
  readonly streamId: string;
  readonly event: CommonThreadEvent;
  /** `type/field` of each that holds one. */
  readonly fields: readonly string[];
}

/** The samples of every event, with a canary in each personal field they hold. */
export function samplesWithCanaries(): SampleWithCanaries[] {
  const domain = path.join(import.meta.dirname, '../../libs/domain');
  const folders = [
    ...['person', 'family', 'engagement', 'referral', 'safeguarding', 'provision'],
    'need-to-know',
  ];
  return folders.flatMap((folder) => {
    const text = readFileSync(path.join(domain, folder, 'samples.json'), 'utf8');
    return (JSON.parse(text) as Sample[]).map(({ streamId, type, data }) => {
      const fields = codec.personalFieldsOf(type).map(({ field }) => field);
      const told = fields.filter((field) => isBox(data[field]));
      const planted: Record<string, string> = {};
      for (const field of told) planted[field] = canaryOf(type, field);
      const event = { type, data: { ...data, ...planted } };
      return {
        streamId,
        event: event as CommonThreadEvent,
        fields: told.map((f) => `${type}/${f}`),
      };
    });
  });
}

function canaryOf(type: string, field: string): string {
  if (field === 'dateOfBirth') return BIRTH;
  if (field === 'nhsNumber') return NUMBER;
  return `${STEM} ${type} ${field} `.repeat(field === 'concern' ? 100 : 1);
}
