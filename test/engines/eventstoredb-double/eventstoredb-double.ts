import { Server, ServerCredentials, type ServiceError } from '@grpc/grpc-js';
import featuresRpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import streamsRpc, {
  type IStreamsServer,
} from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { append, batchAppend } from './appending.js';
import { DoubleLog } from './double-log.js';
import { streamNameOf } from './messages.js';
import { read } from './reading.js';
import { DoubleState } from './state.js';

const VERSION = '23.10.8.0 (a test double in the process of the tests, no EventStoreDB)';
const MESSAGE_BYTES_MAX = 17 * 1024 * 1024;
const MEMBER = 'event_store.client.streams.streams';

/**
 * A TEST DOUBLE of EventStoreDB, in process and in memory: it speaks the protocol by the definitions that
 * the client itself ships, and behaves as was measured on a node of 23.10. What it does is told by
 * test/engines/eventstoredb-double.contract.ts. It is no store: no durability, one node, no users.
 */
export class EventStoreDbDouble {
  readonly state: DoubleState;
  #server: Server | undefined;
  #port = 0;

  private constructor(log: DoubleLog) {
    this.state = new DoubleState(log);
  }

  static async start(log = new DoubleLog()): Promise<EventStoreDbDouble> {
    const double = new EventStoreDbDouble(log);
    await double.listen();
    return double;
  }

  get log(): DoubleLog {
    return this.state.log;
  }

  get port(): number {
    return this.#port;
  }

  get connectionString(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Ends every call as a kill does. What it holds stays, except what a server holds in memory. */
  die(): void {
    this.#server?.forceShutdown();
    this.#server = undefined;
    this.log.forgetLately();
  }

  /** Comes back on the port it had. */
  async listen(): Promise<void> {
    const server = new Server({ 'grpc.max_receive_message_length': MESSAGE_BYTES_MAX });
    server.addService(streamsRpc.StreamsService, this.#streams());
    server.addService(featuresRpc.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: Answering<featuresPb.SupportedMethods>) =>
        answer(null, supportedMethods()),
    });
    this.#port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(
        `127.0.0.1:${this.#port}`,
        ServerCredentials.createInsecure(),
        (error, port) => (error ? reject(error) : resolve(port)),
      );
    });
    this.#server = server;
  }

  #streams(): IStreamsServer {
    const { state } = this;
    return {
      append: (call, callback) => append(state, call, callback),
      batchAppend: (call) => batchAppend(state, call),
      read: (call) => {
        state.reads += 1;
        read(state, call);
      },
      delete: (call, callback) => {
        state.log.deleteSoftly(streamNameOf(call.request.getOptions()?.getStreamIdentifier()));
        callback(null, new streamsPb.DeleteResp());
      },
      tombstone: (call, callback) => {
        state.log.tombstone(streamNameOf(call.request.getOptions()?.getStreamIdentifier()));
        callback(null, new streamsPb.TombstoneResp());
      },
    };
  }
}

type Answering<T> = (error: ServiceError | null, message: T) => void;

/** What the client asks first: above all whether appends may share a call. */
function supportedMethods(): featuresPb.SupportedMethods {
  const methods = ['read', 'append', 'batchappend', 'delete', 'tombstone'].map((name) =>
    new featuresPb.SupportedMethod().setServiceName(MEMBER).setMethodName(name),
  );
  return new featuresPb.SupportedMethods()
    .setEventStoreServerVersion(VERSION)
    .setMethodsList(methods);
}
