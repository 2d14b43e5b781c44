import { RevisionConflict } from '@common-thread/eventing/event-log';
import { GroupCommit, type AppendRequest, type Outcome } from './group-commit.js';

/** An engine that answers when it is told to. */
class HeldEngine {
  readonly groups: (readonly AppendRequest[])[] = [];
  readonly #answers: ((outcomes: Outcome[] | Error) => void)[] = [];
  #arrived: () => void = () => undefined;

  readonly commit = (group: readonly AppendRequest[]): Promise<readonly Outcome[]> => {
    this.groups.push(group);
    this.#arrived();
    return new Promise((resolve, reject) =>
      this.#answers.push((outcomes) =>
        outcomes instanceof Error ? reject(outcomes) : resolve(outcomes),
      ),
    );
  };

  async groupArrives(nth: number): Promise<string[]> {
    while (this.groups.length <= nth) {
      await new Promise<void>((resolve) => (this.#arrived = resolve));
    }
    return this.groups[nth]!.map(({ streamId }) => streamId);
  }

  answer(nth: number, outcomes?: Outcome[] | Error): void {
    this.#answers[nth]!(outcomes ?? this.groups[nth]!.map(() => ({ revision: nth })));
  }
}

const request = (streamId: string, bytes = 1): AppendRequest => ({
  streamId,
  expected: 'no-stream',
  events: [],
  bytes,
});

describe('GroupCommit', () => {
  it('commits together what came together, and each caller gets its own answer', async () => {
    const engine = new HeldEngine();
    const commits = new GroupCommit(engine.commit);
    const appends = ['a', 'b', 'c'].map((streamId) => commits.append(request(streamId)));
    expect(await engine.groupArrives(0)).toEqual(['a', 'b', 'c']);
    engine.answer(0, [
      { revision: 4 },
      new RevisionConflict('b', 'no-stream', 7),
      { revision: 6 },
    ]);
    const [a, b, c] = await Promise.allSettled(appends);
    expect(a).toMatchObject({ value: { revision: 4 } });
    expect(b).toMatchObject({ reason: { actual: 7 } });
    expect(c).toMatchObject({ value: { revision: 6 } });
  });

  it('has one append of a stream under way at a time, in order of arrival', async () => {
    const engine = new HeldEngine();
    const commits = new GroupCommit(engine.commit);
    const appends = ['a', 'b', 'a', 'a'].map((streamId) => commits.append(request(streamId)));
    expect(await engine.groupArrives(0)).toEqual(['a', 'b']);
    engine.answer(0);
    expect(await engine.groupArrives(1)).toEqual(['a']);
    engine.answer(1);
    expect(await engine.groupArrives(2)).toEqual(['a']);
    engine.answer(2);
    expect(await Promise.all(appends)).toEqual([0, 0, 1, 2].map((revision) => ({ revision })));
  });

  it('sends a second group ahead of the first answer only when it is worth it', async () => {
    const engine = new HeldEngine();
    const commits = new GroupCommit(engine.commit);
    const first = commits.append(request('first'));
    await engine.groupArrives(0);
    const others = Array.from({ length: 7 }, (_, nth) => commits.append(request(`s${nth}`)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(engine.groups).toHaveLength(1);
    others.push(commits.append(request('eighth')));
    expect(await engine.groupArrives(1)).toHaveLength(8);
    engine.answer(0);
    engine.answer(1);
    await Promise.all([first, ...others]);
  });

  it('splits a crowd in two, so that one half is prepared while the other is written', async () => {
    const engine = new HeldEngine();
    const commits = new GroupCommit(engine.commit);
    const appends = Array.from({ length: 20 }, (_, nth) => commits.append(request(`s${nth}`)));
    expect(await engine.groupArrives(0)).toHaveLength(10);
    expect(await engine.groupArrives(1)).toHaveLength(10);
    engine.answer(0);
    engine.answer(1);
    await Promise.all(appends);
  });

  it('keeps a group below its size, and takes an append as large as that alone', async () => {
    const engine = new HeldEngine();
    const commits = new GroupCommit(engine.commit);
    const megabytes = (streamId: string, size: number) =>
      commits.append(request(streamId, size * 1024 * 1024));
    const appends = [megabytes('a', 3), megabytes('b', 2), megabytes('c', 9), megabytes('d', 1)];
    for (const [nth, streamId] of ['a', 'b', 'c', 'd'].entries()) {
      expect(await engine.groupArrives(nth)).toEqual([streamId]);
      engine.answer(nth);
    }
    await Promise.all(appends);
  });

  it('rejects a whole group with what its commit threw, and goes on', async () => {
    const engine = new HeldEngine();
    const commits = new GroupCommit(engine.commit);
    const lost = [commits.append(request('a')), commits.append(request('b'))];
    await engine.groupArrives(0);
    engine.answer(0, new Error('gone'));
    expect(await Promise.allSettled(lost)).toMatchObject([
      { reason: { message: 'gone' } },
      { reason: { message: 'gone' } },
    ]);
    const next = commits.append(request('a'));
    await engine.groupArrives(1);
    engine.answer(1);
    expect(await next).toEqual({ revision: 1 });
  });
});
