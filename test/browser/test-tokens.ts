import type { IssuerClient } from '@common-thread/platform/pages/issuer-client';
import { demonstrationPassword } from '../../apps/sign-in/demonstration-users.js';
import { PlainBrowser } from './plain-browser.js';

/** Access tokens for tests that speak to an app as another app or a script would. */
export class TestTokens {
  constructor(
    private readonly own: IssuerClient,
    private readonly elsewhere: IssuerClient,
    private readonly ownOrigin: string,
  ) {}

  /** Of somebody who works for the agency under test. */
  async of(userId: string): Promise<string> {
    return this.signIn(this.own, userId);
  }

  /** Of somebody who works for another agency. */
  async elsewhereOf(userId: string): Promise<string> {
    return this.signIn(this.elsewhere, userId);
  }

  /** Of the agency's pages themselves. */
  async ofPages(): Promise<string> {
    return this.own.ownToken.current();
  }

  private async signIn(client: IssuerClient, user: string): Promise<string> {
    const browser = new PlainBrowser();
    const { address, pending } = await client.begin('/');
    const asked = await browser.open(address);
    let visited = await browser.postOnly(asked.address, { user, password: demonstrationPassword });
    // The code is exchanged here, so the pages it is meant for are not visited.
    while (visited.location && visited.location.pathname !== client.callback.pathname) {
      visited = await browser.openOnly(visited.location);
    }
    if (!visited.location) throw new Error(`${user} was not signed in for ${this.ownOrigin}`);
    return (await client.finish(visited.location, pending)).accessToken;
  }
}
