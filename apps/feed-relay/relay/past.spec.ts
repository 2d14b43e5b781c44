import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import { ANNA, ELM, F1, HUB, id, Story, TRUST } from './story.examples.js';

/** The second table tells a health visitor what came to a session, and a hub no longer. */
describe('what is told of the past', () => {
  const session = /session|withdrawn/;
  async function told(story: Story, recipient = TRUST): Promise<string[]> {
    return (await story.told(recipient)).filter((row) => session.test(row));
  }

  /** Anna's family is with a centre, a health visitor and the hub; she comes to a session. */
  function attended(story = new Story()): Story {
    story.onCaseload(F1);
    story.contact({ familyId: F1, childIds: [] });
    story.member(ANNA, F1);
    story.registered(ELM, F1);
    story.attended(ELM, ANNA);
    return story;
  }

  it('stays as it is when the table is switched', async () => {
    const story = attended();
    story.switched(2, 1);
    expect(await told(story)).toEqual(['session.attended']);
  });

  it('is told anew, and with all it may be told with, once an officer says so', async () => {
    const story = attended();
    story.switched(2, 1);
    story.past('PastRedisclosed', { recipients: [TRUST] });
    expect(await told(story)).toEqual([
      'session.attended redacted',
      'record.withdrawn',
      'session.attended joined',
    ]);
    const rows = await story.toldTo(TRUST);
    const last = rows.at(-1);
    expect(last).toMatchObject({
      envelope: { tableversion: 2, ground: `relation+agreement:${id('all')}@1` },
      body: { personIds: [ANNA], activity: 'stay-and-play', organisation: 'somebody' },
    });
    const first = rows.find(({ envelope }) => envelope.type.includes('session'));
    expect(last?.envelope.occurrenceid).toBe(first?.envelope.occurrenceid);
    expect(last?.envelope.id).not.toBe(first?.envelope.id);
    // Whoever may be told no more than it holds is told nothing, and nobody who is not named.
    expect(await told(story, HUB)).toEqual(['session.attended']);
  });

  it('is told once, however often it is said', async () => {
    const story = attended();
    story.switched(2, 1);
    for (const nth of [1, 2])
      story.past('PastRedisclosed', { recipients: [TRUST], from: `2026-01-0${nth}` });
    expect((await told(story)).length).toBe(3);
  });

  it.each([
    ['another kind of fact', { kinds: ['decision'] }],
    ['other days', { from: '2026-01-06' }],
    ['what was recorded under another version', { recordedUnder: [2] }],
  ])('is told of nothing but what is meant: not of %s', async (_, data) => {
    const story = attended();
    story.switched(2, 1);
    story.past('PastRedisclosed', { recipients: [TRUST], ...data });
    expect(await told(story)).toEqual(['session.attended']);
  });

  it('is not told of a restricted family, nor without an agreement', async () => {
    const restricted = attended();
    restricted.switched(2, 1);
    restricted.record(`restriction ${F1}`, 'FamilyRestricted', {
      familyId: F1,
      hub: HUB,
      ground: 'high-risk',
      authority: 'service-manager',
      speakTo: 'hub-manager',
      reviewOn: '2026-03-01',
    });
    restricted.past('PastRedisclosed', { recipients: [TRUST] });
    expect((await told(restricted)).filter((row) => row.includes('joined'))).toEqual([]);
    const story = new Story('nothing agreed');
    story.signed('ours', agreedByAll(['elm-centres', 'east-trust']));
    attended(story);
    story.switched(2, 1);
    story.record('agreement ours', 'AgreementEnded', {
      reason: 'party-withdrew',
      endedBy: 'elm-centres',
      takesBack: false,
    });
    story.past('PastRedisclosed', { recipients: [TRUST] });
    expect(await told(story)).toEqual(['session.attended']);
  });

  it('is told because of an agreement signed since, once an officer says so', async () => {
    const story = attended(new Story('nothing agreed'));
    story.signed('ours', agreedByAll(['elm-centres', 'east-trust']));
    expect(await told(story)).toEqual([]);
    story.past('PastRedisclosed', { recipients: [TRUST], tableVersion: 1 });
    expect(await told(story)).toEqual(['session.attended joined']);
  });
});

describe('what is withdrawn of the past', () => {
  const named = /session|withdrawn|contact/;
  function withdrawn(recipients: readonly string[]): Story {
    const story = new Story();
    story.contact({ familyId: F1, childIds: [] });
    story.member(ANNA, F1);
    story.registered(ELM, F1);
    story.attended(ELM, ANNA);
    story.switched(2, 1);
    story.past('PastWithdrawn', { recipients });
    return story;
  }

  it('is what the table no longer lets be told; what it still does is told again', async () => {
    const rows = (await withdrawn([HUB]).told(HUB)).filter((row) => named.test(row));
    expect(rows).toEqual([
      'contact.received begins',
      'session.attended redacted',
      'record.withdrawn',
      'session.attended joined',
    ]);
    const last = (await withdrawn([HUB]).toldTo(HUB)).at(-1);
    expect(last?.body).toEqual({
      personIds: [ANNA],
      organisation: 'somebody',
      salt: expect.any(String) as unknown,
    });
  });

  it('is never an author’s own record, nor anybody’s who is not named', async () => {
    const story = withdrawn([ELM]);
    for (const recipient of [ELM, HUB]) {
      expect((await story.told(recipient)).filter((row) => row.includes('redacted'))).toEqual([]);
    }
  });

  it('goes to whoever was told, related or not, and then nothing is told again', async () => {
    const story = new Story();
    story.contact({ familyId: F1, childIds: [] });
    story.member(ANNA, F1);
    story.registered(ELM, F1);
    story.attended(ELM, ANNA);
    story.record('contact it', 'FeedbackGiven', { channel: 'phone', words: 'box.v1.w' });
    story.switched(2, 1);
    story.past('PastWithdrawn', { recipients: [HUB] });
    expect((await story.told(HUB)).slice(-2)).toEqual([
      'contact.feedback-given ends',
      'record.withdrawn',
    ]);
  });
});
