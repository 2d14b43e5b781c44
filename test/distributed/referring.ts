import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import { nameOf, readFeed } from '../journeys/feed-reading.js';
import { eventually, HUB, send } from '../journeys/whole-system.js';
import type { DistributedSystem } from './distributed-system.js';

export const child = {
  kind: 'child',
  givenName: 'Wren',
  familyName: 'Quillfeather',
  dateOfBirth: '2024-03-09',
  nhsNumber: '9998887062',
} as const;
export const CONCERN = 'A bruise on the cheek, third week running';

/** One family that a centre knows, each thing done to it over HTTP. */
export class ReferredFamily {
  private constructor(
    private readonly system: DistributedSystem,
    private readonly worker: string,
    readonly familyId: string,
    private readonly childId: unknown,
  ) {}

  static async registeredBy(system: DistributedSystem, worker: string): Promise<ReferredFamily> {
    const registered = await send(
      system,
      '/v1/registrations',
      { person: child, placeId: await aPlace(system, worker), address: '1 Sparrow Row' },
      { token: worker, key: 'register-the-family' },
    );
    expect(registered).toMatchObject({ status: 201 });
    const familyId = String(registered.body.familyId);
    const isIt = (e: CloudEvent) =>
      nameOf(e) === 'person.registered' && e.partitionkey === `family/${familyId}`;
    const person = await told(system, worker, isIt);
    return new ReferredFamily(system, worker, familyId, person.data?.personId);
  }

  get line(): string {
    return `family/${this.familyId}`;
  }

  refer(key: string) {
    const body = {
      familyId: this.familyId,
      childIds: [this.childId],
      to: HUB,
      need: 'N1',
      level: '4',
      statement: 'witnessed',
      parentsInformed: 'informed-agree',
      concern: CONCERN,
    };
    return send(this.system, '/v1/referrals', body, { token: this.worker, key });
  }
}

/** The first row of a feed that is it, once it is there. */
export async function told(
  system: DistributedSystem,
  token: string,
  isIt: (event: CloudEvent) => boolean,
): Promise<CloudEvent> {
  const feed = await eventually(
    () => readFeed(system, token),
    (events) => events.some(isIt),
  );
  return feed.find(isIt)!;
}

/** What an agency's own process answers, once it holds these words. */
export function shown(
  system: DistributedSystem,
  recipient: string,
  { token, path, words }: { token: string; path: string; words: string },
): Promise<string> {
  return eventually(
    async () => {
      const response = await fetch(new URL(path, system.agencyAddress(recipient)), {
        headers: { authorization: `Bearer ${token}` },
      });
      return response.text();
    },
    (text) => text.includes(words),
  );
}

async function aPlace(system: DistributedSystem, token: string): Promise<string> {
  const place = await told(
    system,
    token,
    (e) => nameOf(e) === 'place.recorded' && e.data?.organisationId === 'larkfield-centres',
  );
  return String(place.data?.placeId);
}
