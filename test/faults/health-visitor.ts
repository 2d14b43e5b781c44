import type { RegisteredFamily, Work } from './work.js';
import { idOf, orLeaveIt } from './work.js';

/** Takes families on that a centre has registered, and records a review missed and then held. */
export async function healthVisitor(work: Work, user: string): Promise<void> {
  const { forCaseload, signal, shift } = work;
  for (let nth = 0; ; nth += 1) {
    const family = await forCaseload.take(signal);
    if (!family) return;
    await orLeaveIt(() => takeOn(work, user, `${user}-${shift}-caseload-${nth}`, family));
  }
}

export async function takeOn(
  { submitter }: Pick<Work, 'submitter'>,
  user: string,
  key: string,
  family: RegisteredFamily,
): Promise<void> {
  const begun = await submitter.submit({
    user,
    path: '/v1/caseloads',
    key,
    body: { person: family.person },
    records: ['CaseloadBegan'],
  });
  const path = `/v1/caseloads/${idOf(begun)}`;
  const review = { childId: family.childId, review: 'one-year' };
  await submitter.submit({
    user,
    path: `${path}/reviews-missed`,
    key: `${key}-missed`,
    body: { ...review, reason: 'no-access' },
    records: ['ReviewMissed'],
  });
  await submitter.submit({
    user,
    path: `${path}/reviews-held`,
    key: `${key}-held`,
    body: { ...review, place: 'home', note: 'Walking already' },
    records: ['ReviewHeld'],
  });
}
