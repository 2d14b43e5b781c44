type Data = Readonly<Record<string, unknown>>;

/** What a field that the rules look at may say; the generator leaves such words to its readers. */
const said: Readonly<Record<string, string>> = {
  dateOfBirth: '2025-11-20',
  expectedDate: '2026-03-20',
  nhsNumber: '943 476 5919',
  postcode: 'NG9 1AB',
  telephone: '01632 960 001',
};

/** The data of a command as somebody careful would type it, where the generator's would be refused. */
export function sayable(eventType: string, data: Data): Data {
  const typed = Object.fromEntries(
    Object.entries(data).map(([field, value]) => [field, said[field] ?? value]),
  );
  return changes[eventType]?.(typed) ?? typed;
}

const changes: Readonly<Record<string, (data: Data) => Data>> = {
  PersonRegistered: person,
  PersonDetailsCorrected: ({ expectedDate: _, nhsNumber: __, ...data }) => data,
  RelationshipRecorded: (data) => ({ ...data, relationship: 'sibling' }),
  ReferralRaised: (data) => ({ ...data, groundNotInformed: 'raises-harm' }),
  ContactReceived: (data) => ({ concern: 'Crying at night', ...data }),
  ContactDecided: ({ returnReason: _, ...data }) => data,
};

function person({ kind, ...data }: Data): Data {
  const { sex: _, dateOfBirth: __, nhsNumber: ___, expectedDate, ...unborn } = data;
  if (kind === 'unborn') return { kind, ...unborn, expectedDate: expectedDate ?? '2026-03-20' };
  const { expectedDate: ____, ...born } = data;
  return { kind, familyName: 'Quillfeather', dateOfBirth: '2025-11-20', ...born };
}
