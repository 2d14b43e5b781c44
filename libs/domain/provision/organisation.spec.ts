import { contextAt, given } from '@common-thread/eventing/given-when-then';
import type { RecordOrganisation } from './organisation.js';
import { organisation } from './organisation.js';

const context = contextAt('2026-03-02T10:00:00.000Z', { subjectId: 'larkfield-centres' });
const larkfield = {
  name: 'Larkfield Family Centres',
  recipients: ['larkfield-centres.childrens-centre'],
  telephone: '01632 960 010',
};
const record = (
  change: Partial<RecordOrganisation['data']> = {},
  subjectId = context.subjectId,
): RecordOrganisation => ({
  type: 'RecordOrganisation',
  data: { ...larkfield, ...change },
  context: { ...context, subjectId },
});
const recorded = {
  type: 'OrganisationRecorded',
  data: { ...larkfield, organisationId: 'larkfield-centres' },
} as const;

describe('recording an organisation', () => {
  it('records it under its short name', () => {
    expect(given(organisation, []).when(record()).events).toEqual([recorded]);
  });

  it('records nothing when it reads so already, and the whole anew when it does not', () => {
    expect(given(organisation, [recorded]).when(record())).toEqual({
      events: [],
      refused: undefined,
    });
    const recipients = [...larkfield.recipients, 'larkfield-centres.safeguarding-hub'];
    expect(given(organisation, [recorded]).when(record({ recipients })).events).toEqual([
      { ...recorded, data: { ...recorded.data, recipients } },
    ]);
  });

  it('lets a body that commissions only act as no recipient', () => {
    expect(given(organisation, []).when(record({ recipients: [] })).events).toHaveLength(1);
  });

  it('takes a short name of up to sixty characters', () => {
    const command = (length: number) => record({ recipients: [] }, 'a'.repeat(length));
    expect(given(organisation, []).when(command(60)).events).toHaveLength(1);
    expect(given(organisation, []).when(command(61)).refused).toBe('provision/short-name-invalid');
  });

  it.each([
    [
      'a recipient of another',
      [],
      record({ recipients: ['fairholme-hub.safeguarding-hub'] }),
      'organisation/recipient-of-another',
    ],
    [
      'a recipient twice',
      [],
      record({ recipients: [...larkfield.recipients, ...larkfield.recipients] }),
      'list/repeated',
    ],
    [
      'a recipient left out',
      [recorded],
      record({ recipients: [] }),
      'organisation/recipient-dropped',
    ],
    ['a blank name', [], record({ name: ' ' }), 'text/blank'],
    [
      'a short name in capitals',
      [],
      record({ recipients: [] }, 'Larkfield'),
      'provision/short-name-invalid',
    ],
  ])('refuses %s', (_, past, command, code) => {
    expect(given(organisation, past).when(command).refused).toBe(code);
  });
});
