import { TailUnavailable } from '@common-thread/projecting/feed-tail';

/**
 * What a call of the client's comes to within our own deadline: some of them can hang for good.
 * @throws TailUnavailable once it is late; what the call comes to afterwards is not heard of
 */
export async function within<Result>(
  milliseconds: number,
  doing: string,
  call: Promise<Result>,
): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new TailUnavailable(`Kafka did not answer within ${milliseconds} ms to ${doing}`));
    }, milliseconds);
  });
  return Promise.race([call, late]).finally(() => clearTimeout(timer));
}
