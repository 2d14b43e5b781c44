import { createHash } from 'node:crypto';
import type { FeedRow } from '@common-thread/projecting/feed-row';
import type { Fields } from '@common-thread/projecting/told-row';
import { ToldFeed } from '../feeds/told-feed.js';

/** What is told next of some matter, and how many other rows come before it. */
interface Due {
  readonly at: number;
  readonly tell: () => void;
}

/**
 * A hub's feed as a county tells it: families Zipf-distributed, contacts followed from received to
 * answered among everything else, some rows corrected and some withdrawn, boxes as long as real ones.
 */
export function countyFeed(rowCount: number, seed: string): readonly FeedRow[] {
  const feed = new ToldFeed('fairholme-hub.safeguarding-hub');
  const random = randomFrom(seed);
  const familyCount = Math.ceil(rowCount / 30);
  const registered: FeedRow[] = [];
  const due: Due[] = [];
  const dueNow = () => {
    const index = due.findIndex(({ at }) => at <= feed.head);
    return index < 0 ? undefined : due.splice(index, 1)[0];
  };
  // Half the rows are of a few families told of again and again, half of all alike.
  const lineOf = () => {
    const often = Math.floor(Math.pow(random(), -0.7)) % familyCount;
    return `family/f${random() < 0.5 ? often : Math.floor(random() * familyCount)}`;
  };
  const tell = (name: string, line: string, subject: string, fields: Fields) =>
    feed.tell(name, { line, subject, fields, ground: 'author+relation' });

  while (feed.head < rowCount) {
    const next = dueNow();
    const chance = random();
    if (next) next.tell();
    else if (chance < 0.01 && registered.length > 0) {
      feed.correct(registered[Math.floor(random() * registered.length)]!, { sex: 'F' });
    } else if (chance < 0.015 && registered.length > 0) {
      feed.withdraw(registered.splice(Math.floor(random() * registered.length), 1)[0]!);
    } else if (chance < 0.1) {
      const subject = `contact/k${feed.head}`;
      const line = lineOf();
      contactRows(random).forEach(([name, fields], step) =>
        due.push({
          at: feed.head + step * Math.floor(random() * 200),
          tell: () => tell(name, line, subject, fields),
        }),
      );
    } else if (chance < 0.3) {
      registered.push(
        tell('person.registered', lineOf(), `person/p${feed.head}`, personFields(random)),
      );
    } else if (chance < 0.65) {
      tell('session.attended', lineOf(), `registration/r${feed.head % 5_000}`, {
        personIds: [idFrom(random)],
        activity: 'stay-and-play',
        placeId: 'elm-road',
        organisation: 'larkfield-centres',
      });
    } else {
      tell('review.held', lineOf(), `caseload/c${feed.head % 5_000}`, {
        childId: idFrom(random),
        review: 'one-year',
        place: 'home',
        organisation: 'fairholme-health',
      });
    }
  }
  return feed.served;
}

type Random = () => number;

function contactRows(random: Random): readonly (readonly [string, Fields])[] {
  return [
    [
      'contact.received',
      {
        channel: 'form',
        source: '6',
        reference: 'CT-4F7K-29QD',
        childIds: [idFrom(random)],
        concern: boxFrom(random, 300),
        callerDetails: boxFrom(random, 40),
      },
    ],
    ['contact.rated', { rating: 'amber', reason: boxFrom(random, 80), recordedBy: 'officer-7' }],
    [
      'contact.decided',
      { outcomes: ['early-help'], rationale: boxFrom(random, 300), decidedBy: 'manager-1' },
    ],
    ['contact.feedback-given', { channel: 'phone', words: boxFrom(random, 120) }],
  ];
}

function personFields(random: Random): Fields {
  return {
    kind: 'child',
    givenName: boxFrom(random, 8),
    familyName: boxFrom(random, 10),
    dateOfBirth: boxFrom(random, 10),
    nhsNumber: boxFrom(random, 10),
  };
}

/** mulberry32: small, seeded, good enough to vary a benchmark. */
function randomFrom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function idFrom(random: Random): string {
  const digits = String(Math.floor(random() * 1e12)).padStart(12, '0');
  return `00000000-0000-4000-8000-${digits}`;
}

/** As long as a sealed text of so many letters: header, then vector, text and tag. */
function boxFrom(random: Random, letters: number): string {
  const bytes = Buffer.alloc(28 + letters);
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    bytes.writeUInt32LE((random() * 4_294_967_296) >>> 0, at);
  }
  return `box.v1.${Buffer.alloc(210, bytes).toString('base64url')}.${bytes.toString('base64url')}`;
}
