import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import { ANNA, BEN, ELM, F1, OAK, Story, id } from './story.examples.js';

describe('agreements', () => {
  const terms = agreedByAll(['elm-centres', 'somebody']);
  const told = async (story: Story) =>
    (await story.told(ELM)).filter((row) => !row.startsWith('organisation'));

  /** Ann's family, recorded by somebody else, is registered at Elm's centre. */
  function registered(story: Story): Story {
    story.record('organisation elm', 'OrganisationRecorded', {
      organisationId: 'elm-centres',
      name: 'Elm',
      recipients: [ELM],
    });
    story.registered(ELM, F1);
    story.member(ANNA, F1);
    return story;
  }
  const ended = (story: Story, takesBack: boolean) =>
    story.record('agreement ours', 'AgreementEnded', {
      reason: 'party-withdrew',
      endedBy: 'somebody',
      takesBack,
    });

  it('are what all but the own record rests on', async () => {
    const story = registered(new Story('nothing agreed'));
    expect(await told(story)).toEqual(['registration.began begins']);
    const [row] = (await story.toldTo(ELM)).slice(-1);
    expect(row?.envelope.ground).toBe('author+relation+own');
  });

  it('are named, with their version, by every row that rests on one', async () => {
    const story = new Story('nothing agreed');
    story.signed('ours', terms);
    const rows = await registered(story).toldTo(ELM);
    expect(rows.at(-1)?.envelope).toMatchObject({
      type: 'uk.common-thread.membership.began.v1',
      ground: `relation+agreement:${id('ours')}@1`,
    });
  });

  it('tell no more once they have ended, and keep what was told unless they take it back', async () => {
    for (const takesBack of [false, true]) {
      const story = new Story('nothing agreed');
      story.signed('ours', terms);
      registered(story);
      ended(story, takesBack);
      story.member(BEN, F1);
      expect(await told(story)).toEqual([
        'registration.began begins',
        takesBack ? 'membership.began redacted' : 'membership.began',
        ...(takesBack ? ['record.withdrawn'] : []),
      ]);
    }
  });

  it('take back, when narrowed, what goes beyond the new version and nothing else', async () => {
    const story = new Story('nothing agreed');
    story.signed('ours', terms);
    registered(story);
    story.signed('others', agreedByAll(['elm-centres', 'oak-centres']));
    story.registered(OAK, F1);
    story.record('agreement others', 'AgreementNarrowed', {
      agreementVersion: 2,
      content: [],
      notice: ['registration'],
      existence: [],
      reason: 'more-than-needed',
      signatories: terms.signatories,
      takesBack: true,
    });
    // Of another centre's registration no more than a notice was told.
    expect(await told(story)).toEqual([
      'registration.began begins',
      'membership.began',
      'registration.began',
    ]);
  });

  it('are not corrected once taken back, and go on being corrected where kept', async () => {
    for (const takesBack of [false, true]) {
      const story = new Story('nothing agreed');
      story.signed('ours', terms);
      story.record('organisation elm', 'OrganisationRecorded', {
        organisationId: 'elm-centres',
        name: 'Elm',
        recipients: [ELM],
      });
      story.registered(ELM, F1);
      const membership = story.member(ANNA, F1);
      ended(story, takesBack);
      story.record(`membership ${ANNA}${F1}`, 'AddressCorrected', {
        personId: ANNA,
        corrects: membership,
        address: 'box.v1.right',
      });
      expect((await told(story)).at(-1)).toBe(
        takesBack ? 'record.withdrawn' : 'address.corrected',
      );
    }
  });
});
