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

/** The relay's record of disclosure, for the officers of a hub. */
export abstract class Tellings {
  /** Everyone ever told a field recorded of a person; undefined while the relay cannot be asked. */
  abstract of(
    accessToken: string,
    personId: string,
    field: string,
  ): Promise<readonly Telling[] | undefined>;
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
}
