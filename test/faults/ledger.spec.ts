import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { append, Ledger } from './ledger.js';
import type { LoadRecord } from './load-record.js';
import { recordedLoad } from './load-record.js';
import type { SentCommand } from './observed.js';

const command: SentCommand = {
  user: 'hub-triage-1',
  recipient: 'fairholme-hub.safeguarding-hub',
  path: '/v1/contacts',
  key: 'call-1',
  body: {},
  commandId: 'command-1',
  expected: [],
};
const sent: LoadRecord = { kind: 'sent', at: 10, dueAt: 5, command };
const answered: LoadRecord = {
  kind: 'answered',
  at: 30,
  commandId: 'command-1',
  outcome: 'acknowledged',
  isForeseen: true,
  tries: 3,
  answer: { status: 201, tag: undefined, body: {} },
};
const fault = {
  nth: 0,
  fault: 'sigkill',
  target: 'apps',
  kills: 1,
  begunAt: '2026-05-04T10:00:00.000Z',
  tookMs: 10,
};

describe('the ledger of a fault run', () => {
  let directory: string;

  beforeEach(() => {
    directory = fs.mkdtempSync(path.join(os.tmpdir(), 'common-thread-ledger-'));
  });

  afterEach(() => fs.rmSync(directory, { recursive: true }));

  it('is taken up where whoever kept it was killed', () => {
    const ledger = new Ledger(directory);
    ledger.keepBefore({ commands: ['one'] });
    ledger.inflicted(fault);
    expect(ledger.nextShift()).toBe('s0');
    append(ledger.loadFile('s0'), sent);
    fs.appendFileSync(ledger.loadFile('s0'), '{"kind":"answ');
    fs.appendFileSync(path.join(directory, 'faults.jsonl'), '{"nth":1,"fau');

    const again = new Ledger(directory);
    expect(again.before).toEqual({ commands: ['one'] });
    expect(again.faults).toEqual([fault]);
    expect(again.nextShift()).toBe('s1');
    expect(recordedLoad(again.load()).unanswered).toEqual([command]);

    again.inflicted({ ...fault, nth: 1 });
    append(again.loadFile('s1'), sent);
    append(again.loadFile('s1'), answered);
    const load = recordedLoad(new Ledger(directory).load());
    expect(new Ledger(directory).faults.map(({ nth }) => nth)).toEqual([0, 1]);
    expect(load).toMatchObject({ unanswered: [], refused: [], delaysMs: [25] });
    expect(load.acknowledged).toMatchObject([{ key: 'call-1', tries: 3 }]);
  });

  it('keeps stretches of the load in their order, beyond nine', () => {
    const ledger = new Ledger(directory);
    for (let nth = 0; nth < 11; nth += 1) {
      const commandId = `command-${nth}`;
      append(ledger.loadFile(ledger.nextShift()), { ...sent, command: { ...command, commandId } });
    }
    const ids = recordedLoad(ledger.load()).unanswered.map(({ commandId }) => commandId);
    expect(ids).toEqual(Array.from({ length: 11 }, (_, nth) => `command-${nth}`));
  });

  it('tells what was shown, and what was asked for and not shown', () => {
    const opening = { page: 'openings/s0/1', user: 'hub-triage-1', asked: 1 };
    const other = { ...opening, page: 'openings/s0/2' };
    const opened = { kind: 'opened', page: opening.page, outcomes: ['granted'] } as const;
    const openings = [opening, other].map((each) => ({ kind: 'opening', opening: each }) as const);
    expect(recordedLoad([...openings, opened])).toMatchObject({
      shown: [{ ...opening, outcomes: ['granted'] }],
      notShown: [other],
    });
    expect(() => recordedLoad([opened])).toThrow('openings/s0/1 was opened and never asked for');
  });

  it('tells refusals that nobody reckoned with', () => {
    const refused = { ...answered, outcome: 'refused', isForeseen: false } as const;
    const load = recordedLoad([sent, { ...refused, answer: { ...refused.answer, status: 409 } }]);
    expect(load).toMatchObject({ acknowledged: [], unforeseen: ['/v1/contacts: 409'] });
    expect(() => recordedLoad([answered])).toThrow(/command-1 was answered and never sent/);
  });
});
