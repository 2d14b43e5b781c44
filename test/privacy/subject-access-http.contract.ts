import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { derivedId } from '@common-thread/eventing/identifiers';
import type { Actor } from '@common-thread/platform/actor';
import { createHttpApp } from '@common-thread/platform/http-app';
import { Log } from '@common-thread/platform/log';
import type {
  CopyParts,
  ListedRequest,
  RequestDetail,
  SubjectAccessRequest,
  WithheldLog,
} from '@common-thread/platform/subject-access';
import { TokenRefused, TokenVerifier } from '@common-thread/platform/token-verifier';
import { VaultModule } from '../../apps/vault/vault.module.js';
import { BesideHousehold } from './beside-household.js';
import type { Household } from './county.js';
import { household, hub, larkfield, workerOf } from './county.js';
import { VaultUnderTest } from './vault-under-test.js';

const role = 'information-governance' as const;
const actors: Readonly<Record<string, Actor>> = {
  officer: workerOf(hub, { id: 'officer-1', role }),
  another: workerOf(hub, { id: 'officer-2', role }),
  elsewhere: workerOf('vale-hub.safeguarding-hub', { id: 'officer-3', role }),
  centre: workerOf(larkfield, { role }),
  triage: workerOf(hub, { role: 'hub-triage' }),
};

class Tokens extends TokenVerifier {
  async verify(token: string): Promise<Actor> {
    const actor = actors[token];
    if (!actor) throw new TokenRefused('no');
    return actor;
  }
}

const REQUESTS = '/v1/subject-access/requests';
const NUMBER = 'CT-7H2M-19QX';

describe('copies of records, on HTTP', () => {
  let vault: VaultUnderTest;
  let beside: BesideHousehold;
  let app: NestFastifyApplication;
  let home: Household;
  let requestId: string;
  let otherParents: string;
  let logged = '';

  beforeAll(async () => {
    vault = await VaultUnderTest.open();
    beside = new BesideHousehold(vault.recorder);
    app = await createHttpApp(VaultModule.of(vault.core), {
      tokens: new Tokens(),
      log: new Log({ app: 'vault', destination: { write: (line) => void (logged += line) } }),
    });
    await app.init();
    home = await household(vault.recorder, 'http');
    await beside.withSibling(home, 'http');
    await vault.core.follower.past(new Date(), 5_000);
  });
  afterAll(async () => {
    await app.close();
    await vault.close();
  });

  const get = (path: string, as = 'officer') =>
    app.inject({ url: `${REQUESTS}${path}`, headers: { authorization: `Bearer ${as}` } });
  const post = (path: string, body: object, as = 'officer') =>
    app.inject({
      method: 'POST',
      url: `${REQUESTS}${path}`,
      headers: { authorization: `Bearer ${as}` },
      payload: body,
    });
  const asked = (change: object = {}) => ({
    key: derivedId('form'),
    personId: home.childId,
    askedBy: 'parent',
    receivedOn: '2026-03-02',
    reason: 'A mother; her passport was seen.',
    ...change,
  });
  const copied = async (id = requestId) =>
    JSON.stringify((await post(`/${id}/copies`, {})).json<CopyParts>().copy);

  it('are asked for once, however often the form is sent, and due in a month', async () => {
    const [first, again] = [await post('', asked()), await post('', asked())];
    expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
    expect(first.json()).toMatchObject({ dueOn: '2026-04-02', officer: 'officer-1' });
    expect(again.json()).toEqual(first.json());
    ({ requestId } = first.json<SubjectAccessRequest>());
    // The other parent, on the same day, with a form of their own.
    const other = await post('', asked({ key: derivedId('another form') }));
    otherParents = other.json<SubjectAccessRequest>().requestId;
    expect(otherParents).not.toBe(requestId);
    // A form sent again for somebody else is no longer the same.
    const { childId } = await household(vault.recorder, 'somebody else');
    await vault.core.follower.past(new Date(), 5_000);
    const changed = await post('', asked({ personId: childId }));
    expect(changed.json()).toMatchObject({ personId: childId });
    const listed = (await get('')).json<{ requests: SubjectAccessRequest[] }>();
    expect(listed.requests).toHaveLength(3);
    expect(JSON.stringify(listed)).not.toContain('passport');
    expect(logged).not.toContain(home.childId);
  });

  it('are made with nothing withheld in them, which stays in the officers’ log', async () => {
    expect((await get(`/${requestId}/withheld`)).json()).not.toHaveProperty('made');
    const made = await post(`/${requestId}/copies`, {});
    expect(made.headers['cache-control']).toBe('no-store');
    const { copy, given, lines, names } = made.json<CopyParts>();
    expect(copy).not.toHaveProperty('withheld');
    expect(JSON.stringify(copy.held)).toContain('Left alone in the evening.');
    expect(made.body).not.toMatch(/Bramble|Thistle/);
    expect(given.map(({ nth }) => nth)).toEqual(copy.held.map(({ nth }) => nth));
    expect(lines).toContain(`family/${home.familyId}`);
    expect(names).toEqual({ organisations: [], places: [] });
    const log = (await get(`/${requestId}/withheld`, 'another')).json<WithheldLog>();
    expect(log.made?.officer).toBe('officer-1');
    expect(log.made?.withheld.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining(['other-people', 'source']),
    );
  });

  it('leave a request waiting until a copy is put together whole, by whoever made it', async () => {
    const madeAt = async () => {
      const { requests } = (await get('')).json<{ requests: ListedRequest[] }>();
      const listed = requests.find((each) => each.requestId === requestId)?.madeAt;
      expect((await get(`/${requestId}`)).json<RequestDetail>().madeAt).toBe(listed);
      return listed;
    };
    const made = (await post(`/${requestId}/copies`, {})).json<CopyParts>();
    expect(JSON.stringify(made.copy)).not.toContain('packId');
    expect(await madeAt()).toBeUndefined();
    const taken = `/copies/${made.packId}/taken`;
    for (const [path, as] of [
      [`/${requestId}${taken}`, 'another'],
      [`/${requestId}${taken}`, 'elsewhere'],
      [`/${otherParents}${taken}`, 'officer'],
      [`/${requestId}/copies/999999/taken`, 'officer'],
    ] as const) {
      expect((await post(path, {}, as)).statusCode).toBe(404);
    }
    expect(await madeAt()).toBeUndefined();
    for (const _ of ['once', 'again']) {
      expect((await post(`/${requestId}${taken}`, {})).statusCode).toBe(204);
    }
    const log = (await get(`/${requestId}/withheld`)).json<WithheldLog>();
    expect(await madeAt()).toBe(log.made?.at);
    // A later one that nobody could put together changes nothing.
    await post(`/${requestId}/copies`, {});
    expect(await madeAt()).toBe(log.made?.at);
    const entries = await vault.core.audit.read({ subject: home.childId, limit: 50 });
    expect(entries.filter(({ page }) => page.endsWith('/taken'))).toHaveLength(1);
  });

  it('leave a matter out of every later copy about somebody, and give it where that is said', async () => {
    const unknown = await post(`/${requestId}/left-out`, { number: 'CT-0000-0000' });
    expect(unknown.statusCode).toBe(409);
    expect(unknown.json<{ detail: string }>().detail).toContain('CT-0000-0000');
    for (const as of ['another', 'officer']) {
      const said = await post(`/${requestId}/left-out`, { number: NUMBER }, as);
      expect(said.statusCode).toBe(204);
    }
    const { leftOut } = (await get(`/${requestId}`)).json<RequestDetail>();
    expect(leftOut.map(({ by, number }) => [by, number])).toEqual([['officer-2', NUMBER]]);
    expect(await copied()).not.toContain('Left alone');
    const { made } = (await get(`/${requestId}/withheld`)).json<WithheldLog>();
    expect(made?.withheld).toContainEqual(
      expect.objectContaining({ reason: 'serious-harm', name: 'contact.received' }),
    );
    // The other parent's request, and the command line's, which name no number.
    const commandLine = async () =>
      vault.core.subjectAccess.copyFor(actors['officer']!, {
        ...{ personId: home.childId, askedBy: 'parent', receivedOn: '2026-03-02' },
        ...{ reason: 'The command line.', seriousHarm: [] },
      });
    expect(await copied(otherParents)).not.toContain('Left alone');
    expect(JSON.stringify((await commandLine()).pack.held)).not.toContain('Left alone');
    await post(`/${requestId}/left-out/given`, { number: NUMBER });
    expect(await copied()).toContain('Left alone');
    expect(await copied(otherParents)).not.toContain('Left alone');
    await post(`/${otherParents}/left-out/given`, { number: NUMBER });
    expect(await copied(otherParents)).toContain('Left alone');
    await expect(
      vault.pool.query('update vault.subject_access_left_out set left_out = true'),
    ).rejects.toThrow('written once');
  });

  it('are each in the audit: asked, left out, made, and what was left out read', async () => {
    const entries = await vault.core.audit.read({ subject: home.childId, limit: 50 });
    const pages = entries.map(({ asker, page }) => `${asker.id} ${page}`);
    expect(pages).toEqual(
      expect.arrayContaining([
        'officer-1 subject-access/request',
        'officer-1 subject-access/requests',
        'officer-1 subject-access/copy',
        'officer-2 subject-access/leave-out',
        'officer-1 subject-access/give',
        'officer-1 subject-access/request-read',
        'officer-2 subject-access/withheld',
      ]),
    );
    // Said again it changes nothing.
    expect(pages.filter((page) => page.endsWith('/leave-out'))).toHaveLength(1);
  });

  it.each([
    ['another hub', 'elsewhere'],
    ['a centre', 'centre'],
    ['no officer', 'triage'],
  ])('are not there for %s', async (_whose, as) => {
    for (const answer of [
      await get(`/${requestId}`, as),
      await get(`/${requestId}/withheld`, as),
      await post(`/${requestId}/copies`, {}, as),
      await post(`/${requestId}/left-out`, { number: NUMBER }, as),
      await post(`/${requestId}/left-out/given`, { number: NUMBER }, as),
    ]) {
      expect(answer.statusCode).toBe(404);
      expect(answer.body).not.toContain(home.childId);
    }
    if (as === 'elsewhere') expect((await get('', as)).json()).toEqual({ requests: [] });
    else {
      expect((await get('', as)).statusCode).toBe(404);
      expect((await post('', asked(), as)).statusCode).toBe(404);
    }
  });

  it('are refused of whoever is restricted, with whom to speak to, and of nobody known', async () => {
    const hidden = await household(vault.recorder, 'hidden');
    await beside.restrict(hidden.familyId);
    await vault.core.follower.past(new Date(), 5_000);
    const refused = await post('', asked({ personId: hidden.childId }));
    expect(refused.statusCode).toBe(409);
    const { detail } = refused.json<{ detail: string }>();
    expect(detail).toContain('speak to the service manager');
    const nobody = await post('', asked({ personId: derivedId('nobody') }));
    expect(nobody.statusCode).toBe(409);
    expect((await get('')).body).not.toContain(hidden.childId);
  });

  it.each([
    ['a day that is none', { receivedOn: '2026-02-30' }, '/receivedOn'],
    ['a day to come', { receivedOn: '2999-01-01' }, '/receivedOn'],
    ['nobody who could ask', { askedBy: 'neighbour' }, '/askedBy'],
    ['no reason', { reason: ' ' }, '/reason'],
    ['a name for an id', { personId: 'Quillfeather' }, '/personId'],
  ])('are refused for %s, and it is said where', async (_what, change, pointer) => {
    const answer = await post('', asked(change));
    expect(answer.statusCode).toBe(422);
    const { errors } = answer.json<{ errors: { pointer: string }[] }>();
    expect(errors.map((error) => error.pointer)).toContain(pointer);
    expect(answer.body).not.toContain('Quillfeather');
  });

  it('are asked for again later where the log cannot be read', async () => {
    vault.log.store.reachable = false;
    const refused = await post(`/${requestId}/copies`, {});
    vault.log.store.reachable = true;
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([503, '5']);
    expect((await post(`/${requestId}/copies`, {})).statusCode).not.toBe(500);
  });
});
