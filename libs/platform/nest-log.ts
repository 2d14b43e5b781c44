import { isNativeError } from 'node:util/types';
import type { LoggerService } from '@nestjs/common';
import type { Log, LogFields } from './log.js';
import { errorFields } from './log.js';

/**
 * What Nest itself would log. Its messages quote whatever was thrown, so only the part of Nest that spoke
 * and an error's class and frames are kept, and its start-up narrative is not kept at all.
 */
export class NestLog implements LoggerService {
  constructor(private readonly to: Log) {}

  log(): void {
    return undefined;
  }

  error(message: unknown, ...rest: unknown[]): void {
    const thrown = [message, ...rest].find((part) => isNativeError(part));
    this.to.error('framework.error', thrown ? errorFields(thrown) : speaker(rest));
  }

  warn(_message: unknown, ...rest: unknown[]): void {
    this.to.warn('framework.warning', speaker(rest));
  }
}

/** Nest passes the class that speaks last. */
function speaker(rest: readonly unknown[]): LogFields {
  const last = rest.at(-1);
  return typeof last === 'string' && /^[A-Z][A-Za-z]{2,60}$/.test(last) ? { error: last } : {};
}
