import type { AgeBand, SealedBirth } from '@common-thread/domain/deriving';
import { Deriving, NotDerivable } from '@common-thread/domain/deriving';
import type { ScheduledReview } from '@common-thread/domain/engagement/review-schedule';
import { reviewSchedule } from '@common-thread/domain/engagement/review-schedule';
import type { CommandActor } from '@common-thread/eventing/decider';
import type { Audit, AuditEntryId } from '../audit/audit.js';
import type { Box } from '../boxes/box.js';
import { isAuthentic, openBox, readBox } from '../boxes/box.js';
import type { Clock } from '../clock.js';
import type { DataKey, DataKeys } from '../keys/data-keys.js';
import { ageBand } from './age-band.js';

export interface DerivingEngines {
  readonly keys: DataKeys;
  readonly audit: Audit;
  readonly clock: Clock;
}

interface Birth {
  readonly dateOfBirth?: string;
  readonly expectedDate?: string;
}

const TELLING_BIRTH = new Set(['PersonRegistered', 'ChildBorn', 'PersonDetailsCorrected']);
const fields = ['dateOfBirth', 'expectedDate'] as const;

/** Works out what rules may know of a birth, and tells nothing else. */
export class VaultDeriving extends Deriving {
  constructor(private readonly engines: DerivingEngines) {
    super();
  }

  async reviewsDue(asker: CommandActor, birth: SealedBirth): Promise<readonly ScheduledReview[]> {
    const { dateOfBirth, expectedDate } = await this.#open(asker, birth, 'reviews-due');
    if (dateOfBirth !== undefined) return reviewSchedule({ dateOfBirth });
    return expectedDate === undefined ? [] : reviewSchedule({ expectedDate });
  }

  async ageBand(
    asker: CommandActor,
    birth: SealedBirth,
    on: string,
  ): Promise<AgeBand | undefined> {
    return ageBand(await this.#open(asker, birth, 'age-band'), on);
  }

  /** Opens what there is of a birth, its audit entry committed first. */
  async #open(asker: CommandActor, birth: SealedBirth, derived: string): Promise<Birth> {
    const boxes = fields.flatMap((field) => {
      const text = birth[field];
      return text === undefined ? [] : [{ field, box: boxOf(text, field) }];
    });
    const found = await this.engines.keys.find(boxes.map(({ box }) => box.header.keyId));
    const keyOf = (box: Box) => found.get(box.header.keyId);
    if (new Set(boxes.map(({ box }) => keyOf(box)?.subjects.join())).size > 1) {
      throw new NotDerivable('the boxes are not of one person');
    }
    for (const { box } of boxes) {
      const secret = keyOf(box)?.secret;
      if (secret && !isAuthentic(box, secret)) {
        throw new NotDerivable('a box is not what it says');
      }
    }
    const entryId = await this.#audit(asker, derived, boxes, keyOf);
    const opened: Birth = Object.fromEntries(
      boxes.flatMap(({ field, box }) => {
        const secret = keyOf(box)?.secret;
        return secret ? [[field, openBox(box, secret)]] : [];
      }),
    );
    this.engines.audit.delivered(entryId);
    return opened;
  }

  async #audit(
    { id, organisation, recipient, role }: CommandActor,
    derived: string,
    boxes: readonly { readonly field: string; readonly box: Box }[],
    keyOf: (box: Box) => DataKey | undefined,
  ): Promise<AuditEntryId> {
    const { audit, clock } = this.engines;
    return audit.commit({
      at: clock.now(),
      kind: 'derive',
      asker: { id, organisation, recipient, role },
      purpose: 'derive',
      page: derived,
      about: [],
      items: boxes.map(({ field, box }) => ({
        eventId: box.header.eventId,
        field,
        subjects: keyOf(box)?.subjects ?? [],
        outcome: keyOf(box)?.secret ? 'granted' : 'erased',
      })),
    });
  }
}

function boxOf(text: string, field: string): Box {
  const box = readBox(text);
  if (!box || box.header.field !== field || !TELLING_BIRTH.has(box.header.eventType)) {
    throw new NotDerivable(`${field} is not a box of a person's ${field}`);
  }
  return box;
}
