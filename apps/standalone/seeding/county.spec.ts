import { Compile } from 'typebox/compile';
import { codec } from '@common-thread/domain/event-catalogue';
import { checkDigitOf, readNhsNumber } from '@common-thread/domain/nhs-number';
import { RulesInMemory } from '../../../test/county/rules-in-memory.js';
import { county } from './county.js';
import { eventIdOf } from './planned-command.js';
import type { PlannedCommand } from './planned-command.js';

const asOf = '2026-03-04T14:20:00.000Z';
const all = [...county({ seed: 'spec', families: 200, asOf })];

describe('the synthetic county', () => {
  it('is the same for the same seed, byte for byte, and another for another', () => {
    const bytes = (seed: string, families = 20) =>
      JSON.stringify([...county({ seed, families, asOf })]);
    expect(bytes('spec')).toBe(bytes('spec'));
    expect(bytes('spec')).not.toBe(bytes('other'));
  });

  it('holds the smaller county of its seed, ids and all', () => {
    const larger = new Map(
      [...county({ seed: 'spec', families: 56, asOf })].map((each) => [each.commandId, each]),
    );
    for (const command of county({ seed: 'spec', families: 53, asOf })) {
      expect(larger.get(command.commandId)).toEqual(command);
    }
  });

  it('asks for nothing the rules refuse, and records nothing undeclared', () => {
    const rules = new RulesInMemory(asOf);
    const refused: string[] = [];
    for (const command of all) {
      const decision = rules.execute(command);
      if (decision.outcome !== 'done' || decision.events.length === 0) {
        refused.push(`${command.intent.type}: ${JSON.stringify(decision)}`);
      }
    }
    expect(refused).toEqual([]);
    const undeclared = rules.events.filter(
      ({ type, data }) => !Compile(codec.shapeOf(type).data).Check(data),
    );
    expect(undeclared).toEqual([]);
  });

  it('gives every command an id of its own', () => {
    const ids = all.map(({ commandId }) => commandId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('has the first fifty families complete before any other begins', () => {
    const lanes = all.map(({ lane }) => lane);
    const first = new Set(Array.from({ length: 50 }, (_, n) => String(n)));
    const lastOfFirst = lanes.findLastIndex((lane) => first.has(lane));
    const firstOfOthers = lanes.findIndex((lane) => lane !== 'directory' && !first.has(lane));
    expect(lastOfFirst).toBeLessThan(firstOfOthers);
    expect(lanes.slice(0, lastOfFirst).filter((lane) => lane === '0').length).toBeGreaterThan(20);
  });

  it('imports what is older than the last five working days and nothing else', () => {
    const live = all.filter(({ imported }) => !imported);
    expect(live.length).toBeGreaterThan(50);
    const day = (command: PlannedCommand) => command.occurredAt.slice(0, 10);
    expect(all.filter((c) => c.imported && day(c) >= '2026-02-25').map(day)).toEqual([]);
    expect(live.filter((c) => (c.learnedAt ?? '') < '2026-02-25').map(day)).toEqual([]);
    expect(all.filter((c) => c.occurredAt > asOf || (c.learnedAt ?? '') > asOf)).toEqual([]);
  });

  it('shows late, corrected and withdrawn records', () => {
    const types = new Set(all.map(({ intent }) => intent.type));
    for (const type of ['CorrectPersonDetails', 'CorrectAddress', 'WithdrawRecord'] as const) {
      expect(types).toContain(type);
    }
    const late = all.filter(
      (c) => c.learnedAt !== undefined && Date.parse(c.learnedAt) - Date.parse(c.occurredAt) > 5e8,
    );
    expect(late.length).toBeGreaterThan(all.length / 200);
    const targets = all.flatMap(({ intent: { data } }) => [
      ...('corrects' in data ? [data.corrects] : []),
      ...('withdraws' in data ? [data.withdraws] : []),
    ]);
    const events = new Set(all.map((command) => eventIdOf(command)));
    expect(targets.filter((id) => !events.has(id))).toEqual([]);
  });
});

describe('the people of the county', () => {
  const texts = all.map(({ intent }) => ({
    ...(intent.data as { readonly [field: string]: unknown }),
  }));
  const valuesOf = (field: string) =>
    texts.map((data) => data[field]).filter((value) => typeof value === 'string');

  it('have NHS numbers of the range kept for tests, valid and each of one person', () => {
    const numbers = valuesOf('nhsNumber');
    expect(numbers.length).toBeGreaterThan(400);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbers.filter((number) => !/^999/.test(number) || !readNhsNumber(number))).toEqual([]);
    expect(checkDigitOf(numbers[0] ?? '')).toBe(Number(numbers[0]?.[9]));
  });

  it('live at postcodes that cannot be real and have numbers kept for drama', () => {
    expect(valuesOf('postcode').filter((code) => !/^QF[1-7] \d[A-Z]{2}$/.test(code))).toEqual([]);
    const numbers = valuesOf('telephone');
    expect(numbers.length).toBeGreaterThan(100);
    expect(numbers.filter((n) => !/^(07700 900\d{3}|01632 960 \d{3})$/.test(n))).toEqual([]);
  });
});
