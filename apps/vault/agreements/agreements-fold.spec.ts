import { codec } from '@common-thread/domain/event-catalogue';
import type { CommonThreadEvent } from '@common-thread/domain/event-catalogue';
import { agreedByAll } from '@common-thread/domain/sharing/agreed-by-all.examples';
import { derivedId } from '@common-thread/eventing/identifiers';
import { AgreementsFold } from './agreements-fold.js';

const id = derivedId('the agreement');
const terms = agreedByAll(['elm-centres', 'somebody']);
const signed = { type: 'AgreementSigned', data: terms } as const;
const tookEffect = { type: 'AgreementTookEffect', data: { agreementVersion: 1 } } as const;
const narrowed: CommonThreadEvent = {
  type: 'AgreementNarrowed',
  data: {
    agreementVersion: 2,
    content: [],
    notice: ['household'],
    existence: ['caseload'],
    reason: 'more-than-needed',
    signatories: terms.signatories,
    takesBack: true,
  },
};
const ended = {
  type: 'AgreementEnded',
  data: { reason: 'party-withdrew', endedBy: 'somebody', takesBack: false },
} as const;
const expired = { type: 'AgreementEnded', data: { reason: 'expired', takesBack: true } } as const;

/** The agreement as it is known after these events, the first at nine o’clock, one a minute. */
function after(...events: readonly CommonThreadEvent[]) {
  const fold = new AgreementsFold();
  for (const [nth, { type, data }] of events.entries()) {
    const at = `2026-03-02T09:0${nth}:00.000Z`;
    const stored = codec.encode({
      id: derivedId('event', nth),
      type,
      version: 0,
      data,
      metadata: {
        commandId: derivedId('command', nth),
        fingerprint: 'f',
        correlationId: derivedId('correlation'),
        organisation: 'fairholme-hub',
        recordedBy: `officer-${nth}`,
        role: 'information-governance',
        occurredAt: at,
        recordedAt: at,
      },
    });
    const placed = { streamId: `agreement-${id}`, revision: nth, cursor: String(nth) };
    fold.fold(codec.decode({ ...stored, ...placed }));
  }
  return fold.of(id);
}

describe('an agreement as officers read it', () => {
  it('is signed until its day comes, with who recorded it and who signed', () => {
    const agreement = after(signed);
    expect(agreement).toMatchObject({
      agreementId: id,
      state: 'signed',
      parties: ['elm-centres', 'somebody'],
      from: '2020-01-01',
      versions: [
        { version: 1, by: 'officer-0', at: '2026-03-02T09:00:00.000Z', content: terms.content },
      ],
    });
    expect(agreement).not.toHaveProperty('tookEffectAt');
    expect(agreement?.versions[0]?.signatories).toEqual(terms.signatories);
  });

  it('is in force from its effect on, and keeps the versions it was narrowed from', () => {
    expect(after(signed, tookEffect)).toMatchObject({
      state: 'in-force',
      tookEffectAt: '2026-03-02T09:01:00.000Z',
    });
    const narrower = after(signed, tookEffect, narrowed);
    expect(narrower?.state).toBe('narrowed');
    expect(narrower?.versions.map(({ version, notice }) => [version, notice])).toEqual([
      [1, []],
      [2, ['household']],
    ]);
    expect(narrower?.versions[1]).toMatchObject({ reason: 'more-than-needed', takesBack: true });
  });

  it('is not in force for being narrowed before its day', () => {
    expect(after(signed, narrowed)?.state).toBe('signed');
    const later = { ...tookEffect, data: { agreementVersion: 2 } };
    expect(after(signed, narrowed, later)?.state).toBe('narrowed');
  });

  it('stays to be read once it has ended, with who ended it and why', () => {
    const gone = after(signed, tookEffect, ended);
    expect(gone).toMatchObject({
      state: 'ended',
      ended: { reason: 'party-withdrew', endedBy: 'somebody', by: 'officer-2', takesBack: false },
    });
    expect(gone?.versions).toHaveLength(1);
    expect(after(signed, tookEffect, expired)).toMatchObject({
      state: 'expired',
      ended: { reason: 'expired', takesBack: true },
    });
  });
});
