import type { Work } from './work.js';
import { idOf } from './work.js';

/** Takes calls, links some of them to a family, and rates them: once from a stale page. */
export async function telephone(work: Work, user: string): Promise<void> {
  const { submitter, forLinking, forDecision, signal } = work;
  for (let nth = 0; !signal.aborted; nth += 1) {
    const key = `${user}-call-${nth}`;
    const received = await submitter.submit({
      user,
      path: '/v1/contacts',
      key,
      body: { channel: 'phone', source: '1A', concern: 'Shouting at night', describedAs: 'No 4' },
      records: ['ContactReceived'],
    });
    const path = `/v1/contacts/${idOf(received)}`;
    const family = await forLinking.take(signal);
    const linked = family
      ? await submitter.submit({
          user,
          path: `${path}/links`,
          key: `${key}-link`,
          body: { familyId: family.familyId, childIds: [family.childId] },
          records: ['ContactLinked'],
        })
      : received;
    const ratings = { path: `${path}/rating`, user, records: ['ContactRated'] };
    const read = String(linked.answer.tag);
    const rated = await submitter.submit({
      ...ratings,
      key: `${key}-rate`,
      body: { rating: 'amber', reason: 'Known to nobody so far' },
      ifMatch: read,
    });
    await submitter.submit(
      {
        ...ratings,
        key: `${key}-stale`,
        body: { rating: 'green', reason: 'Read before it was rated' },
        ifMatch: read,
      },
      [412],
    );
    forDecision.add({ contactId: idOf(received), tag: String(rated.answer.tag) });
  }
}

/** Rates what the feed tells of, as it comes. */
export async function triage({ submitter, forRating, forDecision, signal }: Work, user: string) {
  for (;;) {
    const matter = await forRating.take(signal);
    if (!matter) return;
    const { contactId, tag } = matter;
    const rated = await submitter.submit({
      user,
      path: `/v1/contacts/${contactId}/rating`,
      key: `${user}-rate-${contactId}`,
      body: { rating: 'red', reason: 'An injury that nobody explains' },
      ifMatch: tag,
      records: ['ContactRated'],
    });
    forDecision.add({ contactId, tag: String(rated.answer.tag) });
  }
}

/** Decides what has been rated, and tells whoever got in touch. */
export async function manager(
  { submitter, forDecision, signal }: Work,
  user: string,
): Promise<void> {
  for (;;) {
    const matter = await forDecision.take(signal);
    if (!matter) return;
    const path = `/v1/contacts/${matter.contactId}`;
    const decided = await submitter.submit({
      user,
      path: `${path}/decision`,
      key: `${user}-decide-${matter.contactId}`,
      body: { outcomes: ['new-referral'], rationale: 'Needs an assessment' },
      ifMatch: matter.tag,
      records: ['ContactDecided'],
    });
    await submitter.submit({
      user,
      path: `${path}/feedback`,
      key: `${user}-tell-${matter.contactId}`,
      body: { channel: 'phone', words: 'A social worker will visit on Friday' },
      ifMatch: String(decided.answer.tag),
      records: ['FeedbackGiven'],
    });
  }
}
