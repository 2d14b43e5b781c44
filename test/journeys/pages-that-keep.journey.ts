import { createChildrensCentre } from '../../apps/childrens-centre/create-childrens-centre.js';
import { readModels } from '../../apps/childrens-centre/projections.js';
import { demonstrationPassword } from '../../apps/sign-in/demonstration-users.js';
import { AgencyUnderTest } from '../browser/agency-under-test.js';
import type { Visited } from '../browser/plain-browser.js';
import { fieldOn, PlainBrowser } from '../browser/plain-browser.js';
import {
  applegarths,
  hub,
  idFor,
  larkfield,
  tellDirectory,
  tellRegisteredFamily,
} from '../browser/told-families.js';

/** A canary: found anywhere it should not be, it is found by its feathers. */
const TYPED = 'Quillfeather heard shouting';

describe('what was typed', () => {
  let centre: AgencyUnderTest;
  let refer: URL;

  beforeAll(async () => {
    centre = await AgencyUnderTest.start({
      recipient: larkfield,
      organisation: 'Larkfield Family Centres',
      readModels,
      create: createChildrensCentre,
    });
    tellDirectory(centre.feed);
    const { familyId } = tellRegisteredFamily(centre.feed, 'the Applegarths', applegarths);
    await centre.fold();
    refer = new URL(`/families/${familyId}/refer`, centre.publicUrl);
    centre.commands.answer = () => ({
      kind: 'done',
      answer: { id: idFor('new'), reference: 'CT-7Q2M-88XK' },
    });
  });
  afterAll(() => centre.stop());
  beforeEach(() => {
    centre.commands.sent.length = 0;
    centre.drafts.isDown = false;
  });

  /** Opens a page, signing in on the way where it asks for it. */
  async function open(browser: PlainBrowser, address: URL | string, user = 'larkfield-worker-1') {
    return signInOn(browser, await browser.open(address), user);
  }

  async function signInOn(browser: PlainBrowser, page: Visited, user = 'larkfield-worker-1') {
    if (!page.address.pathname.startsWith('/sign-in/')) return page;
    return browser.post(page.address, { user, password: demonstrationPassword });
  }

  function answersOn(page: Visited): Record<string, string> {
    return {
      ...Object.fromEntries(
        ['_token', '_form', '_page', '_key', '_kept'].flatMap((name) => {
          const value = fieldOn(page, name);
          return value === '' ? [] : [[name, value]];
        }),
      ),
      childIds: idFor('wren'),
      concern: TYPED,
      statement: 'reported',
      need: 'N1',
      level: '4',
      parentsInformed: 'informed-agree',
      referrerContact: 'Marigold Finch, 01632 960 202',
    };
  }

  const endSessions = () =>
    centre.pool.query(
      `UPDATE agency_larkfield_centres_childrens_centre.page_session SET ends_at = now()`,
    );
  const keptForms = async () => {
    const { rows } = await centre.pool.query<{ id: string }>(
      'SELECT * FROM agency_larkfield_centres_childrens_centre.kept_form',
    );
    return rows;
  };

  it('is kept when the session has ended, and opens again for whoever typed it', async () => {
    const browser = new PlainBrowser();
    const form = answersOn(await open(browser, refer));
    await endSessions();
    const asked = await browser.post(refer, form);
    expect(asked.text).toContain('Sign in to Larkfield Family Centres');
    expect(JSON.stringify(await keptForms())).not.toContain('Quillfeather');
    const reopened = await signInOn(browser, asked);
    expect(reopened.address.searchParams.has('kept')).toBe(true);
    expect(reopened.text).toContain(TYPED);
    expect(reopened.text).toContain('You were signed out before this was sent');
    expect(centre.commands.sent).toEqual([]);
    const sent = await browser.post(refer, answersOn(reopened));
    expect(sent.text).toContain('CT-7Q2M-88XK');
    expect(centre.commands.last.body).toMatchObject({ concern: TYPED, to: hub });
    expect(await keptForms()).toEqual([]);
    expect(centre.drafts.sealed).toEqual([]);
  });

  it('is shown to nobody else, who is told only that it is kept', async () => {
    const browser = new PlainBrowser();
    const form = answersOn(await open(browser, refer));
    await endSessions();
    const asked = await browser.post(refer, form);
    const other = await signInOn(browser, asked, 'larkfield-worker-2');
    expect(other.status).toBe(404);
    expect(other.text).not.toContain('Quillfeather');
    const [kept] = await keptForms();
    const direct = await browser.open(new URL(`${refer.pathname}?kept=${kept?.id}`, refer));
    expect(direct.text).not.toContain('Quillfeather');
    const again = await browser.post(refer, form);
    expect(again.text).toContain('opened by somebody else');
    await centre.pool.query('DELETE FROM agency_larkfield_centres_childrens_centre.kept_form');
  });

  it('comes back to look over when the form is from an earlier session of the same person', async () => {
    const browser = new PlainBrowser();
    const form = answersOn(await open(browser, refer));
    await endSessions();
    await open(browser, centre.publicUrl);
    const reopened = await browser.post(refer, form);
    expect(reopened.text).toContain(TYPED);
    expect(centre.commands.sent).toEqual([]);
    expect((await browser.post(refer, answersOn(reopened))).text).toContain('CT-7Q2M-88XK');
  });

  it('stays on the page while it cannot even be kept', async () => {
    const browser = new PlainBrowser();
    const form = answersOn(await open(browser, refer));
    await endSessions();
    centre.drafts.isDown = true;
    const page = await browser.post(refer, form);
    expect(page.status).toBe(503);
    expect(page.text).toContain(TYPED);
    expect(page.text).toContain('Send again');
  });

  it('is refused, and not recorded, from a page of somebody else’s', async () => {
    const browser = new PlainBrowser();
    const form = answersOn(await open(browser, refer));
    for (const _token of ['', 'forged.token', `${form._token}x`]) {
      const page = await browser.post(refer, { ...form, _token });
      expect(page.status).toBe(403);
      expect(page.text).toContain('did not come from one of our pages');
    }
    expect(centre.commands.sent).toEqual([]);
  });

  it('is told to be too long, with all of it still there', async () => {
    const browser = new PlainBrowser();
    const form = answersOn(await open(browser, refer));
    const page = await browser.post(refer, { ...form, concern: `${TYPED}. `.repeat(40_000) });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Use 20,000 characters or fewer');
    expect(page.text.length).toBeGreaterThan(1_000_000);
    expect(centre.commands.sent).toEqual([]);
  });

  it('goes to no session, log or address', async () => {
    const { rows } = await centre.pool.query<{ content: Buffer; name: string }>(
      'SELECT name, content FROM agency_larkfield_centres_childrens_centre.page_session',
    );
    const sessions = rows.map(({ content }) => content.toString('latin1')).join('\n');
    expect(sessions).not.toContain('larkfield-worker-1');
    expect(sessions).not.toContain('eyJ');
    expect(centre.logged).toContain('request.completed');
    expect(centre.logged).not.toContain('Quillfeather');
    expect(centre.logged).not.toContain('Applegarth');
    expect(centre.logged).not.toContain('Marigold');
  });

  it('is guarded by a session that scripts and other sites cannot use', async () => {
    const browser = new PlainBrowser();
    const begun = await browser.openOnly(new URL('/sign-in', centre.publicUrl));
    const [cookie = ''] = begun.headers.getSetCookie();
    expect(cookie).toMatch(/^common-thread-larkfield-centres-childrens-centre=/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Lax');
    const before = cookie.split(';')[0];
    const page = await open(browser, refer);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(browser.cookieNamed('common-thread-larkfield-centres-childrens-centre')).not.toBe(
      before?.split('=')[1],
    );
  });

  it('is nothing to other agencies’ tokens, and boxes to our own', async () => {
    const ask = (path: string, token: string) =>
      fetch(new URL(path, centre.publicUrl), { headers: { authorization: `Bearer ${token}` } });
    const ours = await centre.tokens.of('larkfield-worker-1');
    const listed = await ask('/v1/families', ours);
    expect(listed.status).toBe(200);
    expect(await listed.text()).not.toContain('Applegarth');
    const history = await ask(`/v1${refer.pathname.replace('/refer', '/history')}`, ours);
    expect(history.status).toBe(200);
    expect(await history.json()).toMatchObject({ entitled: true });
    const strangers = [
      await centre.tokens.elsewhereOf('brook-worker-1'),
      await centre.tokens.ofPages(),
    ];
    for (const token of strangers) {
      for (const path of ['/v1/families', '/v1/referrals', refer.pathname]) {
        expect((await ask(path, token)).status).toBe(404);
      }
    }
  });

  it('signs nobody in who works for another agency, and asks systems for a token', async () => {
    const answer = await fetch(new URL('/v1/families', centre.publicUrl));
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    const lost = await new PlainBrowser().open(
      new URL('/sign-in/callback?code=x&state=y', centre.publicUrl),
    );
    expect(lost.status).toBe(400);
    expect(lost.text).toContain('Signing in was not finished');
  });
});
