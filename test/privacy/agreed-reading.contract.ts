import { household } from './county.js';
import { VaultUnderTest } from './vault-under-test.js';

describe('what rests on an agreement', () => {
  let vault: VaultUnderTest;
  beforeAll(async () => {
    vault = await VaultUnderTest.open();
  });
  afterAll(() => vault.close());

  it('ends with it, while authorship stays; each opening keeps its ground', async () => {
    const home = await household(vault.recorder, 'agreed alone');
    const request = vault.asked(home.child.familyName, 'familyName', `family/${home.familyId}`);
    const note = await vault.recorder.record(
      home.registration,
      {
        type: 'SessionAttended',
        data: {
          personIds: [home.childId],
          activity: 'stay-and-play',
          placeId: 'oak',
          note: 'Came with an aunt',
        },
      },
      { controller: 'larkfield-centres' },
    );
    const own = vault.asked(note.data.note, 'note', `family/${home.familyId}`);
    await vault.core.follower.past(new Date(), 5_000);
    expect(await vault.reveal(vault.worker, [request, own])).toEqual([
      { text: 'Quillfeather' },
      { text: 'Came with an aunt' },
    ]);
    const { rows } = await vault.pool.query<{ items: { ground?: string }[] }>(
      'select items from vault.audit order by entry_id desc limit 1',
    );
    expect(rows[0]?.items.map(({ ground }) => ground)).toEqual([
      expect.stringMatching(/^relation\+agreement:[0-9a-f-]{36}@1$/) as string,
      'author+relation+own',
    ]);

    for (const agreement of [vault.home.agreement, home.agreement]) {
      const data = { reason: 'replaced', endedBy: 'fairholme-hub', takesBack: false } as const;
      await vault.recorder.record(agreement, { type: 'AgreementEnded', data });
    }
    await vault.core.follower.past(new Date(), 5_000);
    expect(await vault.reveal(vault.worker, [request, own])).toEqual([
      { withheld: 'not-entitled' },
      { text: 'Came with an aunt' },
    ]);
  });
});
