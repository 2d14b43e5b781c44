import { CommanderError } from 'commander';
import { codec } from '@common-thread/domain/event-catalogue';
import { twoTables } from '@common-thread/disclosure/two-tables.examples';
import { PolicyFollower } from '../../command-api/authorisation/policy-follower.js';
import { Commands } from '../../command-api/commands.js';
import { ExampleCounty } from '../../command-api/examples/example-county.js';
import { disclosingThrough } from './disclosing.js';
import { disclosureProgram } from './disclosure-program.js';

describe('the command line of the disclosure table', () => {
  let county: ExampleCounty;
  let policy: PolicyFollower;
  let said: string[];
  let asked: string[];
  let answer: boolean | undefined;
  beforeEach(async () => {
    county = await ExampleCounty.open();
    policy = new PolicyFollower(county.log, codec, undefined, undefined, twoTables);
    [said, asked, answer] = [[], [], true];
  });
  afterEach(async () => {
    await policy.stop();
    await county.close();
  });

  async function run(line: string): Promise<void> {
    const { log, sealing, clock } = county;
    const commands = new Commands({ log, codec, sealing }, policy, clock);
    const program = disclosureProgram(
      {
        with: (work) => work(disclosingThrough(commands, policy)),
        say: (text) => void said.push(text),
        agrees: async (question) => {
          asked.push(question);
          return answer;
        },
      },
      () => ({ version: 1, lines: {}, gradeOfHistory: {} }),
    );
    const silent = { writeErr: (text: string) => void said.push(text), writeOut: () => undefined };
    for (const command of [program, ...program.commands]) command.configureOutput(silent);
    await program.parseAsync(line.split(' '), { from: 'user' });
  }
  const last = async () => (await county.events()).at(-1);
  const text = () => said.join('\n');
  const of = '--kinds attendance --recipients fairholme-health.health-visiting --recorded-under 1';
  const days = '--from 2026-01-05 --until 2026-03-01';

  it('says what a switch changes, asks, and records it in the officer’s name', async () => {
    await run('switch --to 2 --by ig-officer');
    expect(text()).toContain('Version 1 of the disclosure table is in force; version 2 would be.');
    expect(text()).toContain('SessionAttended: ');
    expect(asked.length).toBe(1);
    expect(await last()).toMatchObject({
      type: 'TableSwitched',
      data: {
        tableVersion: 2,
        insteadOf: 1,
        signedBy: 'fairholme-hub/information-governance-lead',
      },
      metadata: { recordedBy: 'ig-officer', role: 'information-governance' },
    });
    await run('switch --to 2 --by ig-officer');
    expect(text()).toContain('Version 2 is in force already. Nothing was recorded.');
  });

  it('records nothing where the officer says no, or cannot be asked and has not said --yes', async () => {
    const before = (await county.events()).length;
    answer = false;
    await run('switch --to 2 --by ig-officer');
    expect(said.at(-1)).toBe('Nothing was recorded.');
    answer = undefined;
    await expect(run('switch --to 2 --by ig-officer')).rejects.toThrow('add --yes');
    expect((await county.events()).length).toBe(before);
    await run('switch --to 2 --by ig-officer --yes');
    expect((await last())?.type).toBe('TableSwitched');
  });

  it('tells the past, and says of which kinds, to whom, why and what is told otherwise', async () => {
    await run('switch --to 2 --by ig-officer --yes');
    await run(`redisclose ${of} ${days} --reason table-changed --by ig-officer --yes`);
    expect(text()).toContain('because the table lets more be told');
    expect(text()).toContain('Recorded under version 1; in force is version 2.');
    expect(text().split('Recorded under')[1]).not.toContain('ContactDecided');
    expect(await last()).toMatchObject({
      type: 'PastRedisclosed',
      data: { tableVersion: 2, recordedUnder: [1], from: '2026-01-05', reason: 'table-changed' },
    });
    const times = (await county.events()).length;
    await run(`redisclose ${of} ${days} --reason table-changed --by ig-officer --yes`);
    expect(said.at(-1)).toContain('Nothing was recorded');
    expect((await county.events()).length).toBe(times);
  });

  it('withdraws the past', async () => {
    const post = '--signed-by fairholme-hub/caldicott-guardian';
    await run(`withdraw ${of} --reason told-in-error --by ig-officer ${post} --yes`);
    expect(await last()).toMatchObject({
      type: 'PastWithdrawn',
      data: { tableVersion: 1, signedBy: 'fairholme-hub/caldicott-guardian' },
    });
  });

  it.each([
    ['a version that was not released', 'switch --to 9 --by o --yes', 'Released are: 1, 2'],
    [
      'one never in force',
      `withdraw ${of},2 --reason told-in-error --by o --yes`,
      'In force have been: 1',
    ],
  ])('says what is wrong with %s', async (_, line, words) => {
    await expect(run(line)).rejects.toThrow(words);
  });

  it.each([
    ['no officer', 'switch --to 2', '--by <officer>'],
    ['no number', 'switch --to two --by o', 'the number of a released version'],
    ['no kind of fact', `withdraw ${of.replace('attendance', 'gossip')} --by o`, 'household, '],
    [
      'no recipient',
      `withdraw ${of.replace('.health-visiting', '')} --by o`,
      'recipients with commas',
    ],
    ['no day', `redisclose ${of} --from 2026-02-30 --by o`, 'a day like'],
    ['no reason', `redisclose ${of} ${days} --by o`, '--reason <reason>'],
    ['a post nobody has', 'switch --to 2 --by o --signed-by hub/nobody', 'posts are'],
  ])('is told on the line itself where there is %s', async (_, line, words) => {
    await expect(run(line)).rejects.toThrow(CommanderError);
    expect(text()).toContain(words);
  });

  it('says in words what the table of now tells otherwise than another', async () => {
    await run('diff some.json');
    expect(said[0]).toMatch(/^Version 1 of the disclosure table against version \d+, of now\.$/);
    expect(text()).toContain('Nobody has been told of one yet.');
  });
});
