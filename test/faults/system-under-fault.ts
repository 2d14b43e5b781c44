import type { Reachable } from '../journeys/whole-system.js';
import type { TcpProxy } from '../engines/tcp-proxy.js';
import type { Door } from './door.js';
import type { Databases } from './kept.js';
import type { KafkaUnderFault } from './kafka-under-fault.js';
import type { PostgresUnderFault } from './postgres-under-fault.js';
import type { ProcessUnderFault } from './process-under-fault.js';
import type { SmallDisk } from './small-disk.js';

/** A running system, and every part of it that a fault can get hold of. */
export interface SystemUnderFault {
  readonly reachable: Reachable;
  /** Open while whoever answers can answer. */
  readonly door: Door;
  readonly processes: readonly ProcessUnderFault[];
  /** A PostgreSQL of its own, where no process of the system runs it. */
  readonly postgres?: PostgresUnderFault | undefined;
  /** Absent where feeds are read from their pages alone. */
  readonly kafka?: KafkaUnderFault | undefined;
  /** The file system its data lies on, where it can be filled. */
  readonly disk?: SmallDisk | undefined;
  /** Between the processes and their engines. */
  readonly wires: readonly { readonly name: string; readonly wire: TcpProxy }[];
  /** Offset of the clock that processes started from now on are given, ms. */
  clockOffsetMs?: number;
  /** How often a process ended by itself, in words. */
  readonly crashes: readonly string[];
  /** Starts what does not run, in order; resolves when all of it serves. */
  start(): Promise<void>;
  /** Past every wire. */
  databases(): Databases;
  /** Ends every process, and the engines started for it. */
  close(): Promise<void>;
}
