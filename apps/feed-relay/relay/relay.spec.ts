import { ANNA, BEN, ELM, F1, F2, HUB, OAK, Story, TRUST, id } from './story.examples.js';

describe('joining', () => {
  it('tells whoever becomes entitled what happened before, in order, then that it begins', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    story.registered(ELM, F1);
    story.attended(ELM, ANNA);
    story.onCaseload(F1);
    expect(await story.told(TRUST)).toEqual([
      'membership.began joined',
      'involvement.began joined',
      'session.attended joined',
      'caseload.began begins',
    ]);
    const attended = (await story.toldTo(TRUST))[2];
    expect(attended?.body).toEqual({ salt: expect.any(String) as string }); // no more than a notice
    expect(attended?.envelope.time).toBe('2026-01-05T09:03:00.000Z');
  });

  it('tells the first provider the end as its last row, and the second what went before', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    story.registered(ELM, F1);
    story.left(ELM);
    story.registered(OAK, F1);
    story.attended(OAK, ANNA);
    expect(await story.told(ELM)).toEqual([
      'membership.began joined',
      'registration.began begins',
      'registration.ended ends',
    ]);
    expect(await story.told(OAK)).toEqual([
      'membership.began joined',
      'registration.began joined',
      'registration.ended joined',
      'registration.began begins',
      'session.attended',
    ]);
  });

  it('takes a child of two families to the line of each, with its own people only', async () => {
    const story = new Story();
    story.registered(ELM, F1);
    story.member(ANNA, F1);
    story.member(ANNA, F2);
    story.member(BEN, F2);
    story.attended(ELM, ANNA, BEN);
    const rows = await story.toldTo(ELM);
    const sessions = rows.filter(({ envelope }) => envelope.type.includes('session'));
    expect(sessions.map(({ envelope }) => envelope.partitionkey)).toEqual([`family/${F1}`]);
    expect(sessions[0]?.body?.['personIds']).toEqual([ANNA]);
    expect(JSON.stringify(rows)).not.toContain(BEN);
  });
});

describe('corrections and withdrawals', () => {
  it('go to those who were told, whatever their relationship now', async () => {
    const story = new Story();
    const membership = story.member(ANNA, F1);
    story.registered(ELM, F1);
    story.left(ELM);
    story.record(`membership ${ANNA}${F1}`, 'AddressCorrected', {
      personId: ANNA,
      corrects: membership,
      address: 'box.v1.right',
    });
    const rows = await story.toldTo(ELM);
    expect(rows.at(-1)?.envelope).toMatchObject({
      type: 'uk.common-thread.address.corrected.v1',
      corrects: rows[0]?.envelope.id,
      ground: 'told',
    });
    expect(rows.at(-1)?.body).toMatchObject({ personId: ANNA, address: 'box.v1.right' });
  });

  it('take with a membership all that came by it', async () => {
    const story = new Story();
    story.registered(ELM, F1);
    const membership = story.member(ANNA, F1);
    story.attended(ELM, ANNA);
    story.withdrawn(`membership ${ANNA}${F1}`, membership);
    expect(await story.told(ELM)).toEqual([
      'registration.began begins',
      'membership.began redacted',
      'session.attended redacted',
      'record.withdrawn',
      'record.withdrawn',
    ]);
  });

  it('end an entitlement where they withdraw what began it, on the line it was for', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    const received = story.contact();
    story.record('contact it', 'ContactLinked', { familyId: F1, childIds: [ANNA] });
    story.withdrawn('contact it', received);
    const rows = await story.toldTo(HUB);
    const [ended] = rows.filter(({ envelope }) => envelope.entitlement === 'ends');
    expect(ended?.envelope).toMatchObject({
      partitionkey: `family/${F1}`,
      withdraws: rows[0]?.envelope.id,
    });
  });
});

describe('author and referrer', () => {
  it('hears what became of what it asked, on the contact’s own line while it is not entitled', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    story.contact({ referrer: ELM });
    story.record('contact it', 'ContactLinked', { familyId: F1, childIds: [ANNA] });
    story.record('contact it', 'ContactDecided', {
      outcomes: ['advice'],
      rationale: 'box.v1.why',
      decidedBy: 'manager-1',
    });
    const rows = await story.toldTo(ELM);
    expect(await story.told(ELM)).toEqual(['contact.received', 'contact.decided']);
    expect(JSON.stringify(rows)).not.toContain(F1);
    expect(rows[1]?.body).toMatchObject({ outcomes: ['advice'] });
  });

  it('is not shown by the line which family the hub knew it was about', async () => {
    const story = new Story();
    story.member(ANNA, F1);
    story.contact({ referrer: ELM, familyId: F1, childIds: [ANNA] });
    expect(JSON.stringify(await story.toldTo(ELM))).not.toContain(F1);
    const asked = new Story();
    asked.member(ANNA, F1);
    asked.contact({ referrer: ELM, familyId: F1, childIds: [ANNA], referralId: id('referral') });
    expect((await asked.toldTo(ELM))[0]?.envelope.partitionkey).toBe(`family/${F1}`);
  });
});
