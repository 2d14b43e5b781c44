import type { CloudEvent } from '../../apps/feed-relay/http/cloud-event.js';
import type { Standalone } from '../../apps/standalone/standalone.js';

/** The whole feed behind a token, over HTTP, page after page. */
export async function readFeed(
  standalone: Pick<Standalone, 'addressOf'>,
  token: string,
): Promise<CloudEvent[]> {
  const events: CloudEvent[] = [];
  let next: string | undefined = '/v1/feed?after=0&limit=500';
  while (next !== undefined) {
    const response: Response = await fetch(new URL(next, standalone.addressOf('feed-relay')), {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status !== 200) throw new Error(`the feed answered ${response.status}`);
    events.push(...((await response.json()) as CloudEvent[]));
    next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  }
  return events;
}

/** `uk.common-thread.referral.raised.v1` as `referral.raised`. */
export function nameOf({ type }: CloudEvent): string {
  return type.replace(/^uk\.common-thread\./, '').replace(/\.v1$/, '');
}

/** What one row tells: its name and the fields it carries, salt left out. */
export function tellingOf(event: CloudEvent): readonly [string, readonly string[]] {
  const fields = Object.keys(event.data ?? {}).filter((field) => field !== 'salt');
  return [nameOf(event), fields.sort()];
}
