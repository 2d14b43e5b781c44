import type { Answered } from './observed.js';
import type { Matter, Work } from './work.js';
import { idOf, orLeaveIt } from './work.js';

/** Takes calls, links some of them to a family, and rates them: once from a stale page. */
export async function telephone(work: Work, user: string): Promise<void> {
  const { signal, shift } = work;
  for (let nth = 0; !signal.aborted; nth += 1) {
    await orLeaveIt(() => oneCall(work, user, `${user}-${shift}-call-${nth}`));
  }
}

async function oneCall(work: Work, user: string, key: string): Promise<void> {
  const { submitter, forLinking, signal } = work;
  const received = await receiveCall(work, user, key);
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
  const read = linked.answer.tag;
  if (read === undefined) return;
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
  passOn(work, idOf(received), rated);
}

/** To whoever decides, where the answer says what may be decided on (it may lack that under stress). */
function passOn({ forDecision }: Work, contactId: string, { answer: { tag } }: Answered): void {
  if (tag !== undefined) forDecision.add({ contactId, tag });
}

export function receiveCall(
  { submitter }: Pick<Work, 'submitter'>,
  user: string,
  key: string,
): Promise<Answered> {
  return submitter.submit({
    user,
    path: '/v1/contacts',
    key,
    body: { channel: 'phone', source: '1A', concern: 'Shouting at night', describedAs: 'No 4' },
    records: ['ContactReceived'],
  });
}

/** Rates what the feed tells of, as it comes. */
export async function triage(work: Work, user: string): Promise<void> {
  const { submitter, forRating, signal } = work;
  for (;;) {
    const matter = await forRating.take(signal);
    if (!matter) return;
    const { contactId, tag } = matter;
    await orLeaveIt(async () => {
      const rated = await submitter.submit({
        user,
        path: `/v1/contacts/${contactId}/rating`,
        key: `${user}-rate-${contactId}`,
        body: { rating: 'red', reason: 'An injury that nobody explains' },
        ifMatch: tag,
        records: ['ContactRated'],
      });
      passOn(work, contactId, rated);
    });
  }
}

/** Decides what has been rated, and tells whoever got in touch. */
export async function manager(work: Work, user: string): Promise<void> {
  const { forDecision, signal } = work;
  for (;;) {
    const matter = await forDecision.take(signal);
    if (!matter) return;
    await orLeaveIt(() => decide(work, user, matter));
  }
}

async function decide({ submitter }: Work, user: string, matter: Matter): Promise<void> {
  const path = `/v1/contacts/${matter.contactId}`;
  const decided = await submitter.submit({
    user,
    path: `${path}/decision`,
    key: `${user}-decide-${matter.contactId}`,
    body: { outcomes: ['new-referral'], rationale: 'Needs an assessment' },
    ifMatch: matter.tag,
    records: ['ContactDecided'],
  });
  if (decided.answer.tag === undefined) return;
  await submitter.submit({
    user,
    path: `${path}/feedback`,
    key: `${user}-tell-${matter.contactId}`,
    body: { channel: 'phone', words: 'A social worker will visit on Friday' },
    ifMatch: decided.answer.tag,
    records: ['FeedbackGiven'],
  });
}
