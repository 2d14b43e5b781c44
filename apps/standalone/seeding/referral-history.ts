import type { ContactOutcome, ContactSource, PrimaryNeed } from '@common-thread/domain/code-lists';
import { acceptsReferral } from '@common-thread/domain/contact-outcomes';
import { referenceOf } from '@common-thread/domain/reference-number';
import { nextWorkingDay } from './calendar.js';
import type { OpenRegistration } from './centre-history.js';
import { feedbackWords, ratingOf, reasons, referralOutcomes } from './contact-history.js';
import { concernOf, rationaleOf } from './contact-words.js';
import { hub } from './directory.js';
import type { FamilyRecord } from './family-record.js';
import type { AskedOf, FamilyScript } from './family-script.js';
import type { Random } from './random.js';
import { needWeights, rates } from './rates.js';
import { managerOf, systemOf, workerOf } from './workers.js';

/** Source of a centre's referral in the census: "other, including children's centres". */
const FROM_A_CENTRE: ContactSource = '8';

/** What a centre or a health visitor writes when they refer a family. */
export function referralOf(
  script: FamilyScript,
  from: string,
  childIds: readonly string[],
  random: Random,
): Extract<AskedOf<'referral'>, { type: 'RaiseReferral' }> {
  const need = random.weighted(needWeights);
  return {
    type: 'RaiseReferral',
    data: {
      familyId: script.familyId,
      childIds: [...childIds],
      from,
      to: hub,
      need,
      level: random.weighted({ '3': 35, '4': 65 }),
      statement: random.weighted({ witnessed: 55, reported: 40, opinion: 5 }),
      ...(random.chance(0.78)
        ? { parentsInformed: random.chance(0.85) ? 'informed-agree' : 'informed-disagree' }
        : { parentsInformed: 'not-informed', groundNotInformed: 'raises-harm' }),
      concern: concernOf(random, need),
      supportTried:
        'Offered a place on the parenting programme and two home visits; partly taken up.',
      safeContact: 'Ring mum on her own mobile, mornings only.',
      referrerContact: 'Duty desk, 01632 960 210',
    },
  };
}

/** A referral a centre raised in the years before, with what the hub answered. */
export function recordReferral(
  script: FamilyScript,
  record: FamilyRecord,
  registration: OpenRegistration | undefined,
): void {
  const random = script.random('referral');
  const { setting, household } = script;
  if (!registration || !(random.chance(rates.referredByCentre) || household.number === 0)) return;
  const day = nextWorkingDay(random.integer(household.knownSince + 20, setting.today - 25));
  const childIds = record.children.filter(({ since }) => since <= day).map(({ id }) => id);
  if (childIds.length === 0 || day > setting.today - 20) return;
  const { provider } = registration.centre.district;
  const id = script.nextId('referral');
  const raise = referralOf(script, provider, childIds, random);
  script.fact('referral', id, raise, workerOf(provider, random.integer(1, 6)), day);
  const contactId = script.nextId('contact');
  const reception = {
    hub,
    channel: 'form' as const,
    source: FROM_A_CENTRE,
    referrer: provider,
    referralId: id,
    familyId: script.familyId,
    childIds,
    reference: referenceOf(id),
  };
  const records = systemOf(hub);
  script.fact('contact', contactId, { type: 'ReceiveContact', data: reception }, records, day);
  const acknowledged = nextWorkingDay(day + 1);
  const acknowledge = { type: 'AcknowledgeReferral' as const, data: { contactId } };
  script.fact('referral', id, acknowledge, records, acknowledged);
  const { need } = raise.data;
  answer(script, { id, contactId, need, from: acknowledged }, random);
}

interface Opened {
  readonly id: string;
  readonly contactId: string;
  readonly need: PrimaryNeed;
  readonly from: number;
}

function answer(
  script: FamilyScript,
  { id, contactId, need, from }: Opened,
  random: Random,
): void {
  const records = systemOf(hub);
  const outcomes: ContactOutcome[] = random.chance(0.38)
    ? referralOutcomes(random)
    : [random.weighted({ 'early-help': 55, advice: 25, 'no-further-action': 20 })];
  const rating = ratingOf(random, outcomes, need);
  const triage = workerOf(hub, random.integer(1, 6));
  const rate = { rating, reason: reasons[rating] };
  script.fact('contact', contactId, { type: 'RateContact', data: rate }, triage, from);
  const manager = managerOf(hub, random.integer(1, 2));
  const accepted = acceptsReferral(outcomes);
  const returned = accepted ? {} : { returnReason: 'below-threshold' as const };
  const rationale = rationaleOf(random, outcomes);
  const decision = { outcomes, rationale, decidedBy: manager.id, ...returned };
  const decided = nextWorkingDay(from + random.integer(0, 2));
  script.fact('contact', contactId, { type: 'DecideContact', data: decision }, manager, decided);
  script.fact(
    'referral',
    id,
    accepted
      ? { type: 'AcceptReferral', data: { outcomes } }
      : { type: 'ReturnReferral', data: { outcomes, reason: 'below-threshold' } },
    records,
    decided,
  );
  if (random.chance(0.08)) return; // nobody told the centre
  const told = nextWorkingDay(decided + random.integer(0, 3));
  const feedback = { channel: 'phone' as const, words: feedbackWords(outcomes) };
  script.fact('contact', contactId, { type: 'GiveFeedback', data: feedback }, triage, told);
  const of = { contactId };
  script.fact('referral', id, { type: 'RecordReferrerTold', data: of }, records, told);
  script.fact('referral', id, { type: 'CloseReferral', data: of }, records, told);
}
