import { lineOf } from '@common-thread/disclosure/cells';
import type { Origin } from '@common-thread/disclosure/reading';
import type { RecordedCommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { isBox } from '@common-thread/eventing/sealing';
import type { Actor } from '@common-thread/platform/actor';
import type {
  GivenFact,
  HeldFact,
  SubjectAccessRequest,
  Withholding,
} from '@common-thread/platform/subject-access';
import type { AuditEntryId } from '../audit/audit.js';
import { readBox } from '../boxes/box.js';
import type { VaultFold } from '../following/vault-fold.js';
import type { RevealRule, Reveals } from '../revealing/reveals.js';
import type { Gathering } from './gathering.js';
import type { JudgedField, WithholdingRules } from './withholding.js';

const BOXES_AT_ONCE = 1_000;

export interface Opening {
  readonly request: SubjectAccessRequest;
  readonly gathered: Gathering;
  readonly rules: WithholdingRules;
}

interface Judged {
  readonly event: RecordedCommonThreadEvent;
  readonly name: string;
  readonly nth: number;
  readonly fields: readonly JudgedField[];
}

/** The facts of a copy with their texts opened, and what is left out of it. */
export async function openFacts(
  { fold, reveals }: { readonly fold: VaultFold; readonly reveals: Reveals },
  officer: Actor,
  opening: Opening,
) {
  const { gathered, rules } = opening;
  const withheld: Withholding[] = [];
  const judged: Judged[] = [];
  for (const event of gathered.facts) {
    const name = lineOf(event.type).publicType;
    const reason = rules.ofFact(event);
    if (reason === undefined) {
      const fields = rules.fieldsOf(event);
      judged.push({ event, name, nth: judged.length + 1, fields });
    } else {
      withheld.push({ reason, of: event.id, name });
    }
  }
  const boxes = judged.flatMap(({ fields }) =>
    fields.flatMap(({ reason, value }) => (reason === undefined && isBox(value) ? [value] : [])),
  );
  const { entryIds, texts } = await revealed(reveals, officer, opening, [...new Set(boxes)], fold);
  const numbers = new Map(judged.map(({ event, nth }) => [event.id, nth]));
  const held = judged.map((fact) => heldFact(fact, opening, texts, numbers));
  for (const { event, name, fields } of judged) {
    for (const { field, value, reason } of fields) {
      const unread = isBox(value) && !texts.has(value) ? ('not-readable' as const) : undefined;
      const why = reason ?? unread;
      if (why !== undefined) withheld.push({ reason: why, of: event.id, name, field });
    }
  }
  return { held, withheld, entryIds, given: judged.map((fact) => givenOf(fact, gathered)) };
}

/**
 * Opens the texts in calls of a bounded size, each in the audit before it is answered; where there is nothing
 * to open, the audit has one entry of that.
 */
async function revealed(
  reveals: Reveals,
  officer: Actor,
  opening: Opening,
  boxes: readonly string[],
  fold: VaultFold,
) {
  const { personId } = opening.request;
  const rule = ruleFor(opening, boxes, fold);
  const texts = new Map<string, string>();
  const entryIds: AuditEntryId[] = [];
  for (let at = 0; at === 0 || at < boxes.length; at += BOXES_AT_ONCE) {
    const some = boxes.slice(at, at + BOXES_AT_ONCE);
    const line = `person/${personId}`;
    const page = {
      purpose: 'subject-access',
      page: 'subject-access/copy',
      about: [personId],
      requests: some.map((box) => ({ box, field: readBox(box)?.header.field ?? '', line })),
    } as const;
    const answer = await reveals.reveal(officer, page, rule);
    entryIds.push(answer.entryId);
    for (const [nth, { ...said }] of answer.revealed.entries()) {
      if ('text' in said) texts.set(some[nth]!, said.text);
    }
  }
  return { entryIds, texts };
}

/**
 * Grants exactly what the rules of withholding let through, by what the authenticated box says of itself;
 * nothing once any family of theirs is restricted meanwhile, and no text that is anybody else's too.
 */
function ruleFor(
  { gathered, request }: Opening,
  boxes: readonly string[],
  fold: VaultFold,
): RevealRule {
  const wanted = new Set(boxes.map((box) => keyOf(readBox(box)?.header)));
  const isGranted = (origin: Origin) =>
    wanted.has(keyOf(origin)) &&
    gathered.isStanding(origin.eventId) &&
    gathered.restrictionsAreStill(fold) &&
    origin.subjects.every((id) => id === request.personId || origin.streamId.endsWith(id));
  return {
    decide: (origin) => (isGranted(origin) ? 'granted' : 'not-entitled'),
    groundOf: () => `subject-access:${request.requestId}`,
    isOnLine: isGranted,
  };
}

function keyOf(header: { readonly eventId: string; readonly field: string } | undefined): string {
  return header ? `${header.eventId}/${header.field}` : '';
}

function heldFact(
  { event, name, nth, fields }: Judged,
  { gathered, rules }: Opening,
  texts: ReadonlyMap<string, string>,
  numbers: ReadonlyMap<string, number>,
): HeldFact {
  const { metadata, id } = event;
  const { occurredPrecision, organisation } = metadata;
  const corrected = numbers.get(gathered.correctedBy(id) ?? '');
  const told = fields.flatMap(({ field, reason, value }): [string, unknown][] => {
    if (reason !== undefined) return [];
    const said = isBox(value) ? texts.get(value) : value;
    return said === undefined ? [] : [[field, said]];
  });
  return {
    name,
    nth,
    occurredAt: metadata.occurredAt,
    ...(occurredPrecision === undefined ? {} : { occurredPrecision }),
    recordedAt: metadata.recordedAt,
    ...(rules.isSource(event, organisation) ? {} : { recordedBy: organisation }),
    fields: Object.fromEntries(told),
    notGiven: fields.flatMap(({ field, isUnsaid, reason, value }) => {
      if (isUnsaid) return [];
      if (reason !== undefined) return [{ field, reason }];
      return isBox(value) && !texts.has(value) ? [{ field, reason: 'not-readable' as const }] : [];
    }),
    ...(corrected === undefined ? {} : { corrects: corrected }),
  };
}

function givenOf({ event, nth }: Judged, gathered: Gathering): GivenFact {
  const hasSource = gathered.streamOf(event.streamId)?.referrer !== undefined;
  return { eventId: event.id, nth, hasSource };
}
