import { Occurred } from './body-fields.js';

/** A body that may say when the fact happened; otherwise it is now. */
export class RecordedWhen {
  @Occurred()
  occurredAt?: string;
}
