/** A browser without a screen: cookies (which ignore ports, as they do) and redirects, over real HTTP. */
export class PlainBrowser {
  readonly #cookies = new Map<string, string>();

  /** Follows redirects to the end. */
  async open(address: string | URL): Promise<Visited> {
    return this.follow(await this.ask(new URL(address), { method: 'GET' }));
  }

  /** Posts a form and follows where it leads. */
  async post(address: string | URL, fields: Readonly<Record<string, string>>): Promise<Visited> {
    return this.follow(await this.ask(new URL(address), formOf(fields)));
  }

  /** Opens one address and stays, whatever it says. */
  async openOnly(address: string | URL): Promise<Visited> {
    return this.ask(new URL(address), { method: 'GET' });
  }

  /** Posts a form and stays. */
  async postOnly(
    address: string | URL,
    fields: Readonly<Record<string, string>>,
  ): Promise<Visited> {
    return this.ask(new URL(address), formOf(fields));
  }

  cookieNamed(name: string): string | undefined {
    return this.#cookies.get(name);
  }

  /** What it sends with every request. */
  get cookies(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private async follow(from: Visited): Promise<Visited> {
    let visited = from;
    for (let hops = 0; visited.location !== undefined; hops += 1) {
      if (hops > 15) throw new Error(`too many redirects, last to ${visited.location.pathname}`);
      visited = await this.ask(visited.location, { method: 'GET' });
    }
    return visited;
  }

  private async ask(address: URL, request: RequestInit): Promise<Visited> {
    const cookie = this.cookies;
    const response = await fetch(address, {
      ...request,
      redirect: 'manual',
      headers: { ...request.headers, accept: 'text/html', ...(cookie ? { cookie } : {}) },
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const to = response.headers.get('location');
    return {
      address,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: to === null ? undefined : new URL(to, address),
    };
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const [name = '', ...value] = pair.split('=');
    const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice(8);
    const gone = expires !== undefined && Date.parse(expires) <= Date.now();
    if (gone || value.join('=') === '') this.#cookies.delete(name);
    else this.#cookies.set(name, value.join('='));
  }
}

export interface Visited {
  readonly address: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly location: URL | undefined;
}

/** The value of a hidden or text field on a page. */
export function fieldOn(page: Visited, name: string): string {
  const tag = new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(page.text)?.[0] ?? '';
  return /value="([^"]*)"/.exec(tag)?.[1] ?? '';
}

function formOf(fields: Readonly<Record<string, string>>): RequestInit {
  return {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  };
}
