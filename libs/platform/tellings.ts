import { ask } from './asking.js';

/** That a recipient was told a field of somebody's: never what it says. */
export interface Telling {
  /** `larkfield-centres.childrens-centre` */
  readonly recipient: string;
  /** Of the row in that recipient's feed. */
  readonly sequence: number;
  readonly line: string;
  /** UTC instant. */
  readonly toldAt: string;
  /** `membership.began` */
  readonly type: string;
  readonly ground: string;
  /** Withdrawn since. */
  readonly withdrawn: boolean;
}

/** What is asked about a person: facts by their events, on pages of theirs. */
export interface ToldAsked {
  readonly personId: string;
  readonly eventIds: readonly string[];
  /** `family/<id>`, `contact/<id>` */
  readonly lines: readonly string[];
}

/** That a recipient was told one of those facts. */
export interface ToldFact {
  readonly eventId: string;
  /** `larkfield-centres.childrens-centre` */
  readonly recipient: string;
  readonly grade: string;
  /** UTC instant. */
  readonly toldAt: string;
  /** Withdrawn since. */
  readonly withdrawn: boolean;
}

/** Events, and lines, that the relay is asked about at once. */
export const TOLD_AT_ONCE_MAX = 1_000;

/** The relay's record of disclosure, for the officers of a hub. */
export abstract class Tellings {
  /** Everyone ever told a field recorded of a person; undefined while the relay cannot be asked. */
  abstract of(
    accessToken: string,
    personId: string,
    field: string,
  ): Promise<readonly Telling[] | undefined>;

  /** Everyone ever told the facts; undefined while the relay cannot be asked. */
  abstract about(accessToken: string, asked: ToldAsked): Promise<readonly ToldFact[] | undefined>;
}

const TIMEOUT_MS = 8_000;

export class HttpTellings extends Tellings {
  constructor(private readonly feedRelay: URL) {
    super();
  }

  async of(
    accessToken: string,
    personId: string,
    field: string,
  ): Promise<readonly Telling[] | undefined> {
    const asked = new URLSearchParams({ person: personId, field });
    const path = `/v1/tellings?${asked.toString()}`;
    const answer = await ask(this.feedRelay, { path, accessToken, timeoutMs: TIMEOUT_MS });
    return answer?.status === 200 && Array.isArray(answer.body)
      ? (answer.body as Telling[])
      : undefined;
  }

  async about(
    accessToken: string,
    { eventIds, lines, personId }: ToldAsked,
  ): Promise<readonly ToldFact[] | undefined> {
    const told: ToldFact[] = [];
    for (const events of inParts(eventIds)) {
      for (const some of inParts(lines)) {
        const body = { personId, eventIds: events, lines: some };
        const asked = { path: '/v1/tellings/about', accessToken, body, timeoutMs: TIMEOUT_MS };
        const answer = await ask(this.feedRelay, asked);
        if (answer?.status !== 200 || !Array.isArray(answer.body)) return undefined;
        told.push(...(answer.body as ToldFact[]));
      }
    }
    return told;
  }
}

function inParts(all: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at < all.length; at += TOLD_AT_ONCE_MAX) {
    parts.push(all.slice(at, at + TOLD_AT_ONCE_MAX));
  }
  return parts;
}
