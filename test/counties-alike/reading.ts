import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { County } from './county.js';
import { withoutChance } from './same-words.js';

/** Whoever asks: by a token, in a browser that has signed in, or as nobody. */
export interface Reader {
  readonly name: string;
  readonly token?: string;
  readonly cookies?: string;
}

/** What a reader sends with a request that has an id of its own: ids are the caller's where they are given. */
export function headersOf(
  { token, cookies }: Reader,
  requestId: string,
): Readonly<Record<string, string>> {
  return {
    'x-request-id': requestId,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(cookies === undefined ? {} : { cookie: cookies }),
  };
}

/** What one request was answered, to the byte save what is random. */
export type Answers = Map<string, string>;

/** Of one app: where it is, and every path it answers a GET on. */
export interface Doors {
  readonly app: string;
  readonly address: URL;
  readonly gets: readonly string[];
}

/** Pages that links lead to are followed as far as this for one app. */
const FOLLOWED_MAX = 300;

/** Asks every door for everything there is, with each id wherever an id is asked for, and follows each link. */
export async function readEverything(
  reader: Reader,
  doors: readonly Doors[],
  ids: readonly string[],
  answers: Answers = new Map(),
): Promise<Answers> {
  for (const { app, address, gets } of doors) {
    // Metrics are for whoever runs a process, on another port.
    const wanted = [...gets, '/metrics'].flatMap((path) => withIds(path, ids));
    const asked = new Set<string>();
    for (let path = wanted.shift(); path !== undefined; path = wanted.shift()) {
      if (asked.has(path) || asked.size > FOLLOWED_MAX + gets.length * ids.length) continue;
      asked.add(path);
      const { text, links } = await get(reader, new URL(path, address));
      answers.set(`${reader.name} GET ${app} ${path}`, text);
      wanted.push(...links);
    }
  }
  return answers;
}

/** Queries that some of the lists take; a page at a time where there are pages. */
const queries: Readonly<Record<string, readonly string[]>> = {
  '/v1/feed': ['', '?after=0&limit=7', '?after=3&limit=1', '?after=100000'],
  '/v1/following/mark': ['?streamId=restriction-:id', '?streamId=shielding-:id'],
  '/audit': ['', '?subject=:id', '?subject=family/:id'],
  '/audit.csv': ['?subject=family/:id'],
  '/audit/told': ['?person=:id'],
};

function withIds(path: string, ids: readonly string[]): string[] {
  return (queries[path] ?? ['']).flatMap((query) => {
    const whole = path + query;
    return /:\w+/.test(whole) ? ids.map((id) => whole.replaceAll(/:\w+/g, id)) : [whole];
  });
}

async function get(
  reader: Reader,
  address: URL,
): Promise<{ readonly text: string; readonly links: readonly string[] }> {
  const response = await fetch(address, {
    redirect: 'manual',
    headers: headersOf(
      reader,
      derivedId('request', reader.name, address.pathname, address.search),
    ),
  });
  const body = await response.text();
  return { text: said(response, body), links: linksIn(response, body, address) };
}

/** Status, headers and body. The date of the answer is the machine's, not the county's. */
export function said(response: Response, body: string): string {
  const headers = [...response.headers]
    .filter(([name]) => name !== 'date')
    .map(([name, value]) => `${name}: ${name === 'set-cookie' ? withoutValue(value) : value}`);
  return [String(response.status), ...headers, '', body].map(withoutChance).join('\n');
}

/** A session's cookie is drawn at random; what it is called and how it is kept are not. */
function withoutValue(cookie: string): string {
  return cookie.replace(/=[^;]*/, '=');
}

function linksIn(response: Response, body: string, { origin }: URL): string[] {
  const next = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  const hrefs = isPage ? [...body.matchAll(/href="(\/[^"#]*)"/g)].map(([, href]) => href) : [];
  return [next, response.headers.get('location'), ...hrefs]
    .filter((href) => typeof href === 'string')
    .map((href) => new URL(href.replaceAll('&amp;', '&'), origin))
    .filter((link) => link.origin === origin && !link.pathname.startsWith('/sign-in'))
    .map(({ pathname, search }) => pathname + search);
}

/** What is different, and how: nothing where two counties cannot be told apart. */
export function differences(one: Answers, other: Answers): string[] {
  const asked = new Set([...one.keys(), ...other.keys()]);
  return [...asked].flatMap((request) => {
    const [a, b] = [one.get(request) ?? 'not asked', other.get(request) ?? 'not asked'];
    if (a === b) return [];
    const at = [...a].findIndex((each, nth) => each !== b[nth]);
    const from = Math.max(0, (at === -1 ? a.length : at) - 60);
    return [`${request}\n  ${a.slice(from, from + 160)}\n  ${b.slice(from, from + 160)}`];
  });
}

/** Every app of a county. */
export function doorsOf(
  { standalone }: County,
  getsOf: (app: NestFastifyApplication) => readonly string[],
): Doors[] {
  const { vault, relay, commandApi, agencies } = standalone;
  const shared = (['vault', 'feed-relay', 'command-api'] as const).map((app) => ({
    app,
    address: standalone.addressOf(app),
    gets: getsOf({ vault, 'feed-relay': relay, 'command-api': commandApi }[app].app),
  }));
  const own = [...agencies].map(([recipient, { app }]) => ({
    app: recipient,
    address: standalone.agencyAddress(recipient),
    gets: getsOf(app),
  }));
  return [
    ...shared,
    ...own,
    { app: 'landing', address: standalone.addressOf('landing'), gets: ['/'] },
  ];
}
